import { isRule, type Line } from './lines.ts';
import { legalCore, legalWords, saysFarewell, sentFrom } from './phrases/phrases.ts';

/**
 * Where the signature begins at the end of lines `from` to `to` (not included); `to` when there is none. What belongs to a
 * letter stays: its greeting, its thanks, its name. What every mail of the person repeats goes: the block after "-- ",
 * "Sent from my …", contact details under the name, legal notices.
 */
export const signatureIn = (lines: readonly Line[], from: number, to: number): number => {
  let end = to;
  for (;;) {
    const next = afterOnePart(lines, from, end);
    if (next === end) break;
    end = next;
  }
  const contact = contactDetails(lines, from, end);
  return withoutBlanks(lines, from, contact);
};

/** Only what no reader would miss: for the first mail, where every word may matter. */
export const sureSignatureIn = (lines: readonly Line[], from: number, to: number): number => {
  let end = withoutBlanks(lines, from, to);
  for (let last = lines[end - 1]; last && end > from && isSentFrom(last); last = lines[end - 1]) {
    end = withoutBlanks(lines, from, end - 1);
  }
  return delimited(lines, from, end) ?? end;
};

const afterOnePart = (lines: readonly Line[], from: number, to: number): number => {
  const end = withoutBlanks(lines, from, to);
  const last = lines[end - 1];
  if (!last || end <= from) return end;
  if (isRule(last) || isSentFrom(last)) return end - 1;
  const delimiter = delimited(lines, from, end);
  if (delimiter !== undefined) return delimiter;
  return legalNotice(lines, from, end) ?? end;
};

const withoutBlanks = (lines: readonly Line[], from: number, to: number): number => {
  let end = to;
  while (end > from && lines[end - 1]?.blank) end -= 1;
  return end;
};

const DELIMITER = /^ {0,3}(?:--|—)[ \t\u00a0]{0,3}$/;
/** Mailing lists draw one over their footer. */
const FOOTER_RULE = /^_{2,}$/;
const MOST_SIGNATURE_LINES = 15;
const MOST_FOOTER_LINES = 8;
const CONTACT = /@|https?:\/\/|www\.|\+?\(?\d[\d\s()/.-]{6,}\d/u;

/**
 * What stands after "-- " (RFC 3676, 4.3), after "--" when it is short lines, or after a line drawn across the page when
 * it reads like the footer of a mailing list.
 */
const delimited = (lines: readonly Line[], from: number, end: number): number | undefined => {
  let below = 0;
  let contact = false;
  let card = true;
  let found: number | undefined;
  for (let at = end - 1; at >= from && below <= MOST_SIGNATURE_LINES; at -= 1) {
    const line = lines[at];
    if (!line) break;
    if (line.raw === '-- ' || (card && DELIMITER.test(line.raw))) found = at;
    else if (FOOTER_RULE.test(line.words) && below <= MOST_FOOTER_LINES && contact) found = at;
    if (!line.blank) below += 1;
    contact ||= CONTACT.test(line.words);
    card &&= line.raw.length <= 100 && !/[?؟？]$/u.test(line.words);
  }
  return found;
};

const MOST_DEVICE_WORDS = 8;
const LINK = /<?\(?(?:https?:\/\/|mailto:)[^\s<>]{0,300}\)?>?/gu;
const DEVICE =
  /iphon|ipad|ipod|android|samsung|galaxy|huawei|honor|xiaomi|redmi|oppo|vivo|oneplus|pixel|nokia|motorola|sony|xperia|htc|\blg\b|alcatel|blackberry|windows|outlook|thunderbird|mobil|phone|telefon|téléphone|teléfono|telefone|teléfon|handy|smartphone|\bcell|tablet|gmx|web\.de|k-9|(?<!\be)(?<!\be-)mail|proton|yahoo|spark\b|mailbox|телефон|устройств|почт|пошт|мобільн|гаджет|手机|手機|携帯|スマートフォン|スマホ|휴대|گوشی|موبایل|آیفون|اندروید|هاتف|جوال|آيفون|أيفون|ايفون|الآيفون|נייד|טלפון|אייפון|điện thoại/u;
const STRONG = /^(?:sent from my|<{0,2}sent by) \S/u;
const EXCUSE =
  /excuse|pardon|forgive|typo|brevity|brief|short|auto-?correct|entschuld|tippfehler|kürze|désol|excus|faute|disculp|breve|errores|scus|refus|brev|erros|typefout|excuses|błęd|zwięzł|опечат|кратк|خطا|غلط/u;
const SHORT_FROM = /^\p{L}{1,20} from (?:my |a )?(?:mobile|phone|iphone|cell)$/u;

/** "Sent from my iPhone", "Von meinem Handy gesendet", "Get Outlook for iOS". "Sent from my desk, which is easier" is a sentence. */
const isSentFrom = ({ bare }: Line): boolean => {
  if (bare === '' || bare.length > 250) return false;
  const plain = bare
    .replaceAll(LINK, ' ')
    .replaceAll(/[<>()[\]"“”_]/g, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  if (plain === '' || plain.length > 110) return false;
  const [first = '', ...rest] = plain.split(/[.,;!。،](?=\s|$)/u);
  const more = rest.join(' ').trim();
  if (more !== '' && !EXCUSE.test(more)) return false;
  if (first.split(' ').length > MOST_DEVICE_WORDS + 3) return false;
  if (SHORT_FROM.test(first) || STRONG.test(first) || isOutlookPromotion(first)) return true;
  return DEVICE.test(first) && sentFrom.some(({ begin, end }) => first.startsWith(begin) && first.trim().endsWith(end));
};

/** "Get Outlook for Android", in whichever language. */
const isOutlookPromotion = (words: string): boolean =>
  words.length <= 60 && words.includes('outlook') && /\b(?:ios|android)\b/u.test(words) && !/[?!]$/.test(words);

const NOTICE_LETTERS = 90;
const NOTICE_PARTS = 5;

/** A legal notice at the end, of one paragraph or several. It is never all that there is. */
const legalNotice = (lines: readonly Line[], from: number, end: number): number | undefined => {
  let to = end;
  for (let part = 0; part < NOTICE_PARTS; part += 1) {
    const start = paragraphStart(lines, from, to);
    if (start <= from) return undefined;
    const words = lines.slice(start, to).map(lineWords).join(' ').toLowerCase();
    const hits = legalWords.filter((word) => words.includes(word)).length;
    if (hits >= 3 && words.length >= NOTICE_LETTERS && legalCore.some((word) => words.includes(word))) return start;
    if (hits === 0) return undefined;
    to = withoutBlanks(lines, from, start);
  }
  return undefined;
};

/** A notice is often one long line: its first letters say what it is. */
const lineWords = ({ words, raw }: Line): string => (words === '' ? raw.slice(0, 2000) : words);

const MOST_PARAGRAPH_LINES = 25;

const paragraphStart = (lines: readonly Line[], from: number, end: number): number => {
  let at = end;
  while (at > from && end - at < MOST_PARAGRAPH_LINES && !lines[at - 1]?.blank) at -= 1;
  return at;
};

const MOST_CONTACT_LINES = 12;

/** After "Best regards," and a name: telephone, address, post. The name stays, and so does any sentence. */
const contactDetails = (lines: readonly Line[], from: number, end: number): number => {
  let shown = 0;
  let contacts = 0;
  for (let at = end - 1; at > from && shown <= MOST_CONTACT_LINES; at -= 1) {
    const line = lines[at];
    if (!line) break;
    if (line.blank) continue;
    if (isFarewell(line)) {
      const name = nextShown(lines, at, end);
      return shown >= 3 && contacts > 0 && name !== undefined ? name + 1 : end;
    }
    if (line.words === '' || line.words.length > 90 || /[?!.؟。]$/u.test(line.words)) return end;
    shown += 1;
    if (CONTACT.test(line.words)) contacts += 1;
  }
  return end;
};

const isFarewell = ({ bare }: Line): boolean => bare.length > 1 && bare.length <= 45 && saysFarewell(bare);

const nextShown = (lines: readonly Line[], at: number, end: number): number | undefined => {
  for (let next = at + 1; next < end; next += 1) if (!lines[next]?.blank) return next;
  return undefined;
};
