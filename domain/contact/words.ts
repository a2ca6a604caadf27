/**
 * Everything the desk says, and the blanks of each sentence. The words themselves are in desk/locales; `compileDesk`
 * refuses a language in which one is missing, unknown, or has other blanks.
 */
export const WORDS = {
  'time.full': ['weekday', 'day', 'month', 'year', 'hour', 'minute'],
  'time.short': ['day', 'month', 'hour', 'minute'],
  'time.zone': ['time', 'zone'],

  'mail.greeting': ['name'],
  'mail.greeting-plain': [],
  'mail.signature': ['desk'],
  'mail.see-request': [],
  'mail.answer-by-mail': [],
  'mail.about': ['ticket', 'subject'],
  'mail.automatic': [],
  'mail.unsubscribe': [],
  'mail.unsubscribe-link': [],
  'mail.you-get-this': ['desk'],

  'mail.acknowledgement.lead': ['subject'],
  'mail.acknowledgement.promise': ['when'],
  'mail.acknowledgement.no-promise': [],
  'mail.acknowledgement.more': [],
  'mail.reply.from': ['agent', 'desk'],
  'mail.reminder.lead': ['subject'],
  'mail.reminder.closes': ['when'],
  'mail.reminder.solved': [],
  'mail.closed-quietly.lead': ['subject'],
  'mail.closed-quietly.back': [],
  'mail.survey.subject': [],
  'mail.survey.lead': ['subject'],
  'mail.survey.lead-agent': ['agent', 'subject'],
  'mail.survey.again': ['subject'],
  'mail.survey.how': [],
  'mail.apology.subject': [],
  'mail.apology.lead': ['subject'],
  'mail.apology.own': ['agent'],
  'mail.apology.own-team': [],
  'mail.apology.ask': [],
  'mail.follow-up.subject': [],
  'mail.follow-up.lead': ['subject'],

  'mail.warning.subject': ['promise'],
  'mail.warning.lead': ['promise', 'when'],
  'mail.warning.act': [],
  'mail.escalation.subject': ['promise'],
  'mail.escalation.lead': ['promise', 'when'],
  'mail.escalation.act': [],
  'mail.escalation.step': [],
  'mail.escalation.group': [],
  'mail.escalation.from': [],
  'mail.escalation.to': [],
  'mail.recovery.subject': [],
  'mail.recovery.lead': ['agent', 'when'],
  'mail.recovery.lead-nobody': ['when'],
  'mail.recovery.score': [],
  'mail.recovery.words': [],
  'mail.recovery-overdue.subject': [],
  'mail.recovery-overdue.lead': ['when'],
  'mail.recovery-overdue.attempt': ['attempt'],
  'mail.fact.ticket': [],
  'mail.fact.subject': [],
  'mail.fact.due': [],
  'mail.open-ticket': [],

  'promise.firstReply': [],
  'promise.nextReply': [],
  'promise.resolution': [],

  'survey.title': [],
  'survey.lead': ['subject'],
  'survey.lead-agent': ['agent', 'subject'],
  'survey.required': [],
  'survey.optional': [],
  'survey.yes': [],
  'survey.no': [],
  'survey.send': [],
  'survey.change': [],
  'survey.editing': ['when'],
  'survey.open-until': ['when'],
  'survey.error-title': [],
  'survey.error-required': [],
  'survey.error-unknown': [],
  'survey.error-too-long': ['most'],
  'survey.thanks-title': [],
  'survey.thanks-lead': [],
  'survey.thanks-low': [],
  'survey.your-answer': ['answer'],
  'survey.change-until': ['when'],
  'survey.answered-title': [],
  'survey.answered-lead': [],
  'survey.expired-title': [],
  'survey.expired-lead': [],
  'survey.cancelled-title': [],
  'survey.cancelled-lead': [],

  'unsubscribe.title': [],
  'unsubscribe.lead': [],
  'unsubscribe.stop': [],
  'unsubscribe.stopped-title': [],
  'unsubscribe.stopped-lead': [],
  'unsubscribe.again': [],
  'unsubscribe.again-title': [],
  'unsubscribe.again-lead': [],

  'ticket.title': [],
  'ticket.number': [],
  'ticket.opened': ['when'],
  'ticket.status.new': [],
  'ticket.status.open': [],
  'ticket.status.pending': [],
  'ticket.status.on-hold': [],
  'ticket.status.resolved': [],
  'ticket.status.closed': [],
  'ticket.next.new': [],
  'ticket.next.open': [],
  'ticket.next.pending': [],
  'ticket.next.on-hold': [],
  'ticket.next.resolved': [],
  'ticket.next.closed': [],
  'ticket.expect.reply': [],
  'ticket.expect.solution': [],
  'ticket.expect.late': [],
  'ticket.conversation': [],
  'ticket.you': [],
  'ticket.desk': ['desk'],
  'ticket.attachments': [],
  'ticket.how-to-add': [],

  'help.title': [],
  'help.lead': [],
  'help.language': [],
  'help.language-name': [],
  'help.about-you': [],
  'help.about-matter': [],
  'help.name': [],
  'help.email': [],
  'help.email-hint': [],
  'help.phone': [],
  'help.phone-hint': [],
  'help.category': [],
  'help.category-none': [],
  'help.subject': [],
  'help.message': [],
  'help.message-hint': [],
  'help.search': [],
  'help.answers-title': [],
  'help.answers-none': [],
  'help.answers-kept': [],
  'help.answers-new-tab': [],
  'help.impact': [],
  'help.impact-one': [],
  'help.impact-team': [],
  'help.impact-many': [],
  'help.impact-all': [],
  'help.urgency': [],
  'help.urgency-low': [],
  'help.urgency-normal': [],
  'help.urgency-high': [],
  'help.urgency-now': [],
  'help.details': [],
  'help.device': [],
  'help.browser': [],
  'help.app-version': [],
  'help.error-code': [],
  'help.steps': [],
  'help.send': [],
  'help.error-title': [],
  'help.error-required': [],
  'help.error-email': [],
  'help.error-phone': [],
  'help.error-too-long': ['most'],
  'help.error-choice': [],
  'help.error-characters': [],
  'help.sent-before-title': [],
  'help.sent-before': ['ticket'],
  'upload.title': [],
  'upload.hint': ['files', 'size'],
  'upload.choose': [],
  'upload.one': [],
  'upload.attach': [],
  'upload.attached': [],
  'upload.leave-out': [],
  'upload.remove': ['file'],
  'upload.none-yet': [],
  'upload.full': [],
  'upload.sending': [],
  'upload.too-big': ['size'],
  'upload.empty': [],
  'upload.failed': [],
  'upload.gone': [],
  'upload.wait': [],
  'upload.unit-kb': ['size'],
  'upload.unit-mb': ['size'],
  'thanks.title': [],
  'thanks.lead': ['subject'],
  'thanks.number': [],
  'thanks.promise': [],
  'thanks.no-promise': [],
  'thanks.mail': ['email'],
  'thanks.follow': [],
  'thanks.another': [],

  'problem.not-found.title': [],
  'problem.not-found.lead': [],
  'problem.wrong.title': [],
  'problem.wrong.lead': [],
  'problem.busy.title': [],
  'problem.busy.lead': [],
  'problem.broken.title': [],
  'problem.broken.lead': [],
} as const satisfies Record<string, readonly string[]>;

export type Word = keyof typeof WORDS;
export type Blank<W extends Word> = (typeof WORDS)[W][number];

/** The question whose answer is the score, with the words of its options, worst first. */
export interface ScoredQuestion {
  question: string;
  options: Array<{ value: number; label: string }>;
}

/** One language of the desk: desk/locales/<code>.yaml, compiled. */
export interface Locale {
  /** The name of its file, a BCP 47 tag as in `lang`, e.g. `fa`. */
  code: string;
  /** The tag that dates and numbers are written by, e.g. `fa-IR-u-ca-persian-nu-arabext`. */
  format: string;
  dir: 'ltr' | 'rtl';
  words: Record<Word, string>;
  /** By survey and version, e.g. `after-resolve@1`: what a mail needs to show the scale. */
  scored: Record<string, ScoredQuestion>;
  /** The answers by which a single reply is rated, worst first. */
  replyRating: ScoredQuestion['options'];
}

/** desk/brand.yaml, compiled. */
export interface Brand {
  name: string;
  website?: string;
  /** IANA zone in which times are told to somebody whose own zone is not known. */
  timeZone: string;
  /** Codes of the locales; the first is for everybody whose language the desk does not write. */
  languages: string[];
  /** `#rrggbb`, at least 4.5:1 on the light and on the dark paper of pages. */
  accent: string;
  accentDark: string;
}
