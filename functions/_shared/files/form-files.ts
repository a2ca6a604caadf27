import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { LinkKeys } from '../../../adapters/secrets/link-keys.ts';
import { MOST_FILES, readReceipt } from '../../../domain/contact/upload.ts';
import { BOX_FIELD, FILE_FIELD, type FileField } from '../../../domain/pages/file-field.ts';
import type { Clock } from '../../../domain/ports.ts';
import type { Attachment } from '../../../domain/ticket/message.ts';
import { isKey } from '../chance.ts';
import { receiptsInBox } from './file-cookies.ts';

export interface FilesDeps {
  keys: () => Promise<LinkKeys>;
  clock: Clock;
}

/** The files of a posted form. */
export interface FormFiles {
  attachments: Attachment[];
  /** A receipt has ended, or is none; or there are more than a message takes. */
  gone: boolean;
  /** What the form shows of them when it is shown again. */
  shown: Partial<Omit<FileField, 'locale'>>;
}

/** By the receipts a script put into the form, and those the frame left as cookies where none ran. */
export const formFiles = async (
  event: Pick<APIGatewayProxyEventV2, 'cookies'>,
  form: Record<string, string>,
  { keys, clock }: FilesDeps,
): Promise<FormFiles> => {
  const box = isKey(form[BOX_FIELD]) ? form[BOX_FIELD] : undefined;
  const inForm = Object.keys(form).flatMap((name) => (FILE_FIELD.test(name) ? (form[name] ?? []) : []));
  const inBox = box === undefined ? [] : receiptsInBox(event, box).map(({ receipt }) => receipt);
  const signers = inForm.length + inBox.length === 0 ? [] : await keys();
  const read = (receipts: string[]) =>
    receipts.flatMap((receipt) => {
      const file = readReceipt(receipt, signers, clock.now());
      return file ? [{ receipt, file }] : [];
    });
  const [held, boxed] = [read(inForm), read(inBox)];
  const attachments = [...new Map([...held, ...boxed].map(({ file }) => [file.key, file])).values()];
  return {
    attachments,
    gone: held.length + boxed.length < inForm.length + inBox.length || attachments.length > MOST_FILES,
    shown: {
      held: held.map(({ receipt, file: { name, bytes } }) => ({ receipt, name, bytes })),
      ...(box !== undefined && { box }),
    },
  };
};
