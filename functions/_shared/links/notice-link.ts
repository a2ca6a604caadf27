import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import agents from '#desk/team.json' with { type: 'json' };
import noticeWording from '#desk/words/notice.json' with { type: 'json' };
import promise from '#desk/words/promise.json' with { type: 'json' };
import time from '#desk/words/time.json' with { type: 'json' };
import { deskTable } from '../../../adapters/dynamo/table.ts';
import { ticketsIn } from '../../../adapters/dynamo/tickets.ts';
import { type LinkKeys, linkKeysFrom } from '../../../adapters/secrets/link-keys.ts';
import { readCapability } from '../../../domain/contact/capability.ts';
import { type NoticePage, noticePage } from '../../../domain/pages/notice-page.ts';
import type { Agent } from '../../../domain/policy.ts';
import type { Ledger, Tickets } from '../../../domain/ports.ts';
import { noticeState } from '../../../domain/ticket/acts/acknowledge-escalation.ts';
import { isNotice, type Notice } from '../../../domain/ticket/acts/notices.ts';
import { contextNow, houseRules, type Rules } from '../desk.ts';
import { localeOf, page } from '../http/page-handler.ts';
import { notFound, Problem } from '../problem.ts';
import { pageWords } from '../words/page-words.ts';
import type { Words } from '../words/words.ts';
import { readNoticeSubject } from './links.ts';

export interface NoticeDeps extends Rules {
  tickets: Pick<Tickets, 'ledger' | 'record'>;
  agents: readonly Agent[];
  keys: () => Promise<LinkKeys>;
  words: Words<NoticePage['locale']>;
}

/** What the page of a notice says. */
export const noticeWords = pageWords(noticeWording, promise, time);

export const noticeWith = (env: { TABLE_NAME: string; LINK_SECRET_ARN: string }): NoticeDeps => ({
  ...houseRules(),
  tickets: ticketsIn(deskTable(env.TABLE_NAME)),
  agents,
  keys: linkKeysFrom(env.LINK_SECRET_ARN),
  words: noticeWords,
});

/** A notice as the holder of its link finds it. */
export interface LinkedNotice {
  ledger: Ledger;
  notice: Notice;
  agent: Agent;
}

/**
 * What a link opens. Throws 404 for one that this desk did not make for this, or made for somebody who has left the team,
 * and 410 for one that ended.
 */
export const noticeOfLink = async (
  { pathParameters }: APIGatewayProxyEventV2,
  { keys, clock, tickets, agents }: NoticeDeps,
): Promise<LinkedNotice> => {
  const link = readCapability(pathParameters?.token ?? '', 'acknowledge', await keys(), clock.now());
  if (!link.ok) throw link.refusal === 'expired' ? new Problem(410, 'The time to acknowledge is over.') : notFound();
  const about = readNoticeSubject(link.value.subject);
  const agent = agents.find(({ id }) => id === link.value.recipient);
  if (!about || !agent) throw notFound();
  const ledger = await tickets.ledger(about.ticketId);
  const notice = ledger?.events.filter(isNotice).find(({ id, cycle }) => id === about.event && cycle === about.cycle);
  if (!ledger || !notice?.told.includes(agent.id)) throw notFound();
  return { ledger, notice, agent };
};

/** How it stands, in the language of the browser: the team chooses none. */
export const showNotice = (
  event: APIGatewayProxyEventV2,
  { ledger, notice, agent }: LinkedNotice,
  deps: NoticeDeps,
): APIGatewayProxyStructuredResultV2 => {
  const { id, subject } = ledger.ticket;
  const state = noticeState(ledger, notice, contextNow(deps));
  const nameOf = (who: string): string => deps.agents.find((each) => each.id === who)?.name ?? who;
  return page(
    noticePage({
      locale: localeOf(event, deps.words),
      brand: deps.words.brand,
      state: state.kind === 'seen' ? { ...state, by: nameOf(state.by) } : state,
      ticket: { id, subject },
      promise: notice.promise,
      dueAt: notice.dueAt,
      told: agent.name,
      ...(agent.timeZone !== undefined && { timeZone: agent.timeZone }),
      action: `/a/${event.pathParameters?.token ?? ''}`,
    }),
    deps.words,
  );
};
