const LONGEST = 150;

/** What a part without a name is called, by its type. */
const NAMELESS: Record<string, string> = {
  'message/rfc822': 'message.eml',
  'message/global': 'message.eml',
  'text/calendar': 'invitation.ics',
  'application/ics': 'invitation.ics',
  'application/ms-tnef': 'winmail.dat',
  'application/vnd.ms-tnef': 'winmail.dat',
  'message/delivery-status': 'delivery-status.txt',
  'message/feedback-report': 'feedback-report.txt',
  'text/rfc822-headers': 'headers.txt',
};

/**
 * A name that a file may be saved under anywhere: without folders, without characters that steer a terminal, a header or
 * the direction of writing, not hidden, not too long, and with its ending kept.
 */
export const cleanName = (given: string | null | undefined, type: string, number: number): string => {
  const name = (given ?? '')
    .normalize('NFC')
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\ufffe\uffff]/gu, '')
    .replace(/^.*[/\\]/s, '')
    .replaceAll(/[<>:"|?*]/g, '_')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[\s.]+/, '')
    .replace(/[\s.]+$/, '');
  if (name === '') return NAMELESS[type] ?? `attachment-${number}`;
  if (name.length <= LONGEST) return name;
  const ending = /\.[^.\s]{1,12}$/.exec(name)?.[0] ?? '';
  return `${name.slice(0, LONGEST - ending.length).toWellFormed()}${ending}`;
};
