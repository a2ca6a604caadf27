import type { Context } from '../context.ts';
import type { AgentNow } from '../policy.ts';
import type { Ledger } from '../ports.ts';
import { type Decision, decided, refused } from '../support/decision.ts';
import { byRule, makeChange } from '../ticket/acts/make-change.ts';
import { type Letterhead, writeToCustomer } from '../ticket/acts/owe-mail.ts';
import type { Change } from '../ticket/change.ts';
import { inOrder } from '../ticket/event.ts';
import type { Remediation } from './remediation.ts';

/** Owes the customer the apology that asks what we should do better (FIELD.md LS-5). Run again, it owes nothing more. */
export const apologiseAndAsk = (
  ledger: Ledger,
  input: Letterhead & { remediation: Remediation; suppressed: boolean; team: AgentNow[] },
  ctx: Context,
): Decision<Change, 'contacted-before' | 'no-address'> => {
  const { ticket, events } = ledger;
  const { cycle, agent } = input.remediation;
  const opened = inOrder(events).findLastIndex((event) => event.type === 'remediation-opened');
  const contacted = inOrder(events).findLastIndex((event) => event.type === 'remediation-contacted');
  if (contacted > opened) return refused('contacted-before', 'The customer was written to before.');
  const tried = inOrder(events).findLastIndex((event) => event.type === 'not-sent' && event.what === 'apology');
  if (tried > opened) return refused('no-address', 'There is no way to write to the customer.');
  if (input.suppressed) return refused('no-address', 'The address of the customer does not take mail.');
  const key = `apology#${ticket.id}#${cycle}`;
  const { mails, notes } = writeToCustomer(
    ticket,
    {
      key,
      pace: 'prompt',
      content: {
        template: 'apology',
        subject: ticket.subject,
        agent: input.team.find(({ id }) => id === agent)?.name ?? '',
        link: input.links.ticket,
      },
      replyTo: input.replyTo,
    },
    ctx,
  );
  const noted = mails.map((mail) => ({
    type: 'remediation-contacted' as const,
    by: byRule('remediation.apologise', ctx.policy),
    reason: 'We apologise and ask what to do better.',
    mail: mail.key,
  }));
  return decided(makeChange(ledger, ticket, [...noted, ...notes], ctx, { mails }));
};
