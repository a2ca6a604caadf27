import type { Deployment } from './contract.ts';
import { isText, listAt, objectAt, textAt } from './values.ts';

/** Where a customer writes to: the address the functions are told, or one that a receipt rule names. */
export const deskAddressOf = (deployment: Deployment): string => {
  for (const { properties } of deployment.resources('AWS::Lambda::Function')) {
    const address = textAt(objectAt(objectAt(properties, 'Environment'), 'Variables'), 'DESK_ADDRESS');
    if (address !== undefined) return address;
  }
  const recipients = deployment
    .resources('AWS::SES::ReceiptRule')
    .flatMap(({ properties }) => listAt(objectAt(properties, 'Rule'), 'Recipients'))
    .filter(isText);
  const [first = 'desk.invalid'] = recipients.toSorted((a, b) => Number(b.includes('@')) - Number(a.includes('@')));
  return first.includes('@') ? first : `desk@${first}`;
};
