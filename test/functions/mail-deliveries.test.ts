import fc from 'fast-check';
import { expect, test } from 'vitest';
import { build } from '../../functions/receive-mail/handler.ts';
import { aMail, aMailStore, aReceiptEvent, type Mail, replyAddressOf } from './mail-in.ts';
import { aDesk, anOpenTicket, DESK_ADDRESS, type Desk } from './support.ts';

/** A mail as somebody wrote it: with or without an id, to the desk, to a ticket or to both, on its own or as an answer. */
const aWrittenMail = fc.record({
  word: fc.integer({ min: 0, max: 5 }),
  id: fc.constantFrom<'own' | 'shared' | 'none'>('own', 'shared', 'none'),
  sender: fc.constantFrom('kim@example.com', 'ben@example.com'),
  answer: fc.boolean(),
  automatic: fc.boolean(),
  verdict: fc.constantFrom('PASS', 'PASS', 'PASS', 'FAIL'),
});
type Written = typeof aWrittenMail extends fc.Arbitrary<infer T> ? T : never;

/** One delivery of a mail: by which address, and after how many writes the function dies, if it does. */
const aDelivery = fc.record({
  mail: fc.nat(),
  byTicketAddress: fc.boolean(),
  diesAfter: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
});

const asMail = (written: Written, ticket: string): Mail => ({
  id: { own: `<mail-${written.word}@example.com>`, shared: '<same@example.com>', none: '' }[written.id],
  from: written.sender,
  source: written.sender,
  text: `Word ${written.word}`,
  subject: written.answer ? `Re: [${ticket}]` : 'Help',
  headers: ['Date: Mon, 23 Nov 2026 09:00:00 +0100', ...(written.automatic ? ['Auto-Submitted: auto-replied'] : [])],
  verdicts: { dmarc: written.verdict },
});

class Died extends Error {}

/** The desk as a function sees it that dies before, or right after, its n-th write. */
const dying = (desk: Desk, store: ReturnType<typeof aMailStore>, after: number | undefined) => {
  let left = after;
  const write = async <T>(work: () => Promise<T>): Promise<T> => {
    if (left === 0) throw new Died();
    const done = await work();
    if (left !== undefined && --left === 0) throw new Died();
    return done;
  };
  return {
    ...desk,
    prefix: 'in/',
    tickets: {
      ...desk.tickets,
      record: (change: Parameters<typeof desk.tickets.record>[0]) => write(() => desk.tickets.record(change)),
    },
    parked: {
      ...desk.parked,
      park: (mail: Parameters<typeof desk.parked.park>[0]) => write(() => desk.parked.park(mail)),
    },
    caps: {
      ...desk.caps,
      within: (...asked: Parameters<typeof desk.caps.within>) => write(() => desk.caps.within(...asked)),
    },
    store: { ...store, keep: (key: string, content: Uint8Array) => write(() => store.keep(key, content)) },
  };
};

test('no mail is lost and none is taken twice, however it is delivered, doubled, shuffled or cut short', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(aWrittenMail, { minLength: 1, maxLength: 6 }),
      fc.array(aDelivery, { maxLength: 14 }),
      async (written, deliveries) => {
        const desk = aDesk();
        const ticket = await anOpenTicket(desk);
        const address = await replyAddressOf(desk, ticket);
        const store = aMailStore();
        const before = desk.memory.messages.length;
        const receive = async (index: number, byTicketAddress: boolean, diesAfter?: number): Promise<void> => {
          const mail = asMail(written[index % written.length] ?? expect.fail('no mail'), ticket);
          const messageId = `d-${store.objects.size}`;
          store.objects.set(`in/${messageId}`, aMail({ ...mail, to: DESK_ADDRESS }));
          const event = aReceiptEvent(messageId, { ...mail, to: byTicketAddress ? address : DESK_ADDRESS });
          const receiveMail = build(dying(desk, store, diesAfter));
          // As SES and Lambda do: an event that failed comes again.
          await receiveMail(event).catch(() => build(dying(desk, store, undefined))(event));
        };

        for (const { mail, byTicketAddress, diesAfter } of deliveries) await receive(mail, byTicketAddress, diesAfter);
        for (const index of written.keys()) await receive(index, false);

        // The same words of two senders, or under two ids, are two mails; headers and verdicts make no other mail.
        const mails = new Set(
          written.map((mail) => {
            const { id, from, subject, text } = asMail(mail, ticket);
            return JSON.stringify([id, from, subject, text]);
          }),
        );
        const taken = [...desk.memory.requests.keys()].filter((key) => key.startsWith('mail#'));
        const parked = [...desk.memory.parked.keys()].map((id) => `mail#${id}`);
        expect(new Set([...taken, ...parked]).size).toBe(mails.size);
        expect(desk.memory.messages.length - before).toBe(taken.length);
      },
    ),
    { numRuns: 150 },
  );
});
