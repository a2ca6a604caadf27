import { keyOfTag } from '../../adapters/ses/post-office.ts';
import type { CapturedMail, RunningDesk } from '../../local/client/running-desk.ts';

/** A survey as it lies in somebody's letterbox. */
export interface AskedMail {
  ticketId: string;
  cycle: number;
  kind: string;
  reminder: boolean;
  mail: CapturedMail;
  /** Path and query of the link for each answer, worst first. */
  options: string[];
  unsubscribe: string;
}

/** `survey#T-7K2M9Q#1#csat#reminder` */
export const askedIn = (mail: CapturedMail): AskedMail | undefined => {
  const [what, ticketId = '', cycle = '', kind = '', reminder] = keyOfTag(mail.key ?? '').split('#');
  if (what !== 'survey') return undefined;
  const unsubscribe = pathsIn(mail).find((path) => path.startsWith('/u/'));
  if (unsubscribe === undefined) throw new Error(`The mail ${mail.key} offers no way to unsubscribe.`);
  return {
    ticketId,
    cycle: Number(cycle),
    kind,
    reminder: reminder !== undefined,
    mail,
    options: pathsIn(mail).filter((path) => /^\/s\/[\w-]+\?r=/.test(path)),
    unsubscribe,
  };
};

const pathsIn = ({ html = '', text }: CapturedMail): string[] => [
  ...new Set(
    [...`${html}\n${text}`.matchAll(/https?:\/\/[^/\s"<>]+(\/[^\s"<>]*)/g)].map(([, path = '']) =>
      path.replaceAll('&amp;', '&').replace(/[.,)]+$/, ''),
    ),
  ),
];

/** What a mail gateway does within seconds of the delivery: opens every link, by every harmless method, and more than once. */
export const scan = async (desk: RunningDesk, mail: CapturedMail): Promise<number> => {
  const links = pathsIn(mail).filter((path) => /^\/[sutai]\//.test(path));
  for (const link of links)
    for (const method of ['HEAD', 'GET', 'OPTIONS', 'GET']) {
      const { status } = await desk.request(method, link);
      if (status >= 500) throw new Error(`${method} ${link.slice(0, 6)}… answered ${status} to a scanner.`);
    }
  return links.length;
};

/** The form of a survey page as a browser would send it: what is chosen, and words in every text field that is open. */
export const formOf = (html: string, words: string): URLSearchParams => {
  const form = new URLSearchParams();
  for (const [input] of html.matchAll(/<input[^>]*>/g)) {
    const name = /\sname="([^"]+)"/.exec(input)?.[1];
    const value = /\svalue="([^"]*)"/.exec(input)?.[1] ?? '';
    const chosen = /type="hidden"/.test(input) || (/type="radio"/.test(input) && /\schecked/.test(input));
    if (name !== undefined && chosen) form.set(name, value);
  }
  const text = /<textarea[^>]*\sname="([^"]+)"/.exec(html)?.[1];
  if (text !== undefined) form.set(text, words);
  return form;
};
