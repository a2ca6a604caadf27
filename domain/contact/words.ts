/**
 * Everything the desk says, and the blanks of each sentence. The words themselves are in desk/locales; `compileDesk`
 * refuses a language in which one is missing, unknown, or has other blanks.
 */
export const WORDS = {
  'time.full': ['weekday', 'day', 'month', 'year', 'hour', 'minute'],
  'time.short': ['day', 'month', 'hour', 'minute'],
  'time.zone': ['time', 'zone'],
  'time.date': ['day', 'month', 'year'],

  'common.required': [],
  'common.optional': [],
  'common.yes': [],
  'common.no': [],
  'common.error-title': [],
  'common.change-until': ['when'],
  'common.see-request': [],
  'common.feedback': [],

  'mail.greeting': ['name'],
  'mail.greeting-plain': [],
  'mail.signature': ['desk'],
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
  'mail.acknowledgement.articles': [],
  'mail.acknowledgement.solved': [],
  'mail.reply.from': ['agent', 'desk'],
  'mail.reminder.lead': ['subject'],
  'mail.reminder.closes': ['when'],
  'mail.reminder.solved': [],
  'mail.late.lead': ['subject', 'when'],
  'mail.late.agent': ['agent'],
  'mail.late.team': [],
  'mail.late.until': ['when'],
  'mail.late.add': [],
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
  'mail.identity.subject': [],
  'mail.identity.lead': ['other'],
  'mail.identity.why': [],
  'mail.identity.no': [],
  'mail.identity.look': [],
  'mail.feedback.subject': [],
  'mail.feedback.lead': ['rating'],
  'mail.feedback.words': [],
  'mail.feedback.list': ['feedback'],
  'mail.nps.subject': [],
  'mail.nps.lead': [],
  'mail.outage.subject': [],
  'mail.outage.lead': ['tickets', 'category', 'when'],
  'mail.outage.act': [],
  'mail.outage.category': [],
  'mail.outage.tickets': [],
  'mail.outage.since': [],
  'mail.recovery-overdue.subject': [],
  'mail.recovery-overdue.lead': ['when'],
  'mail.recovery-overdue.attempt': ['attempt'],
  'mail.recovery-left.subject': [],
  'mail.recovery-left.lead': ['agent'],
  'mail.call-customer.subject': [],
  'mail.call-customer.again': [],
  'mail.call-customer.no-address': [],
  'mail.apology.text': [],
  'mail.fact.ticket': [],
  'mail.fact.subject': [],
  'mail.fact.due': [],
  'mail.next.before': ['when', 'act'],
  'mail.next.warn': [],
  'mail.next.move': ['group'],
  'mail.next.call-lead': [],
  'mail.next.call-manager': [],
  'mail.acknowledge.why': [],
  'mail.acknowledge.button': [],

  'promise.firstReply': [],
  'promise.nextReply': [],
  'promise.resolution': [],

  'survey.title': [],
  'survey.lead': ['subject'],
  'survey.lead-agent': ['agent', 'subject'],
  'survey.send': [],
  'survey.change': [],
  'survey.editing': ['when'],
  'survey.open-until': ['when'],
  'survey.error-required': [],
  'survey.error-unknown': [],
  'survey.error-too-long': ['most'],
  'survey.thanks-title': [],
  'survey.thanks-lead': [],
  'survey.thanks-low': [],
  'survey.your-answer': ['answer'],
  'survey.answered-title': [],
  'survey.answered-lead': [],
  'survey.expired-title': [],
  'survey.expired-lead': [],
  'survey.cancelled-title': [],
  'survey.cancelled-lead': [],

  'notice.title': [],
  'notice.what': [],
  'notice.button': [],
  'notice.ticket': [],
  'notice.subject': [],
  'notice.promise': [],
  'notice.due': [],
  'notice.by': [],
  'notice.seen-title': [],
  'notice.seen-lead': ['agent', 'when'],
  'notice.seen-next': [],
  'notice.over-title': [],
  'notice.over-lead': [],

  'identity.title': [],
  'identity.lead': ['other', 'own'],
  'identity.why': [],
  'identity.no': [],
  'identity.confirm': [],
  'identity.done-title': [],
  'identity.done-lead': ['own', 'other'],
  'identity.half-title': [],
  'identity.half-lead': ['other'],
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
  'ticket.expect.late': ['when'],
  'ticket.you': [],
  'ticket.desk': ['desk'],
  'ticket.attachments': [],
  'ticket.how-to-add': [],
  'ticket.together': ['ticket'],
  'ticket.expect.late-solution': ['when'],
  'ticket.expect.late-next': [],
  'ticket.expect.late-until': ['when'],
  'ticket.expect.paused': [],
  'ticket.expect.look-again': ['when'],
  'ticket.follow-up-of': ['ticket'],
  'ticket.latest': [],
  'ticket.earlier': [],
  'ticket.older': [],
  'ticket.more': [],
  'ticket.back': [],
  'ticket.part': ['part', 'parts'],
  'ticket.read-on': [],
  'ticket.quoted': [],
  'ticket.masked': [],
  'ticket.cut': [],
  'ticket.more-files': ['count'],
  'ticket.write.title': [],
  'ticket.write.title-answer': [],
  'ticket.write.title-again': [],
  'ticket.write.label': [],
  'ticket.write.over': ['when'],
  'ticket.write.send': [],
  'ticket.write.error-title': [],
  'ticket.write.error-empty': [],
  'ticket.write.error-too-long': ['most'],
  'ticket.write.error-files': [],
  'ticket.reopen.title': [],
  'ticket.reopen.lead': ['when'],
  'ticket.reopen.reason': [],
  'ticket.reopen.button': [],
  'ticket.reopen.over': [],
  'ticket.sent.message': [],
  'ticket.sent.follow-up': ['ticket'],
  'ticket.sent.reopened': [],
  'ticket.sent.open': [],
  'ticket.sent.rating': [],
  'ticket.sent.rating-low': [],
  'ticket.sent.rating-final': [],
  'ticket.sent.texts': [],
  'ticket.sent.mail': [],
  'ticket.contact.title': [],
  'ticket.contact.lead': [],
  'ticket.contact.phone': [],
  'ticket.contact.texts': [],
  'ticket.contact.now': ['number'],
  'ticket.contact.mail': [],
  'ticket.contact.error-number': [],
  'ticket.contact.error-stopped': [],

  'rating.question': [],
  'rating.link': [],
  'rating.send': [],
  'rating.change': [],
  'rating.yours': ['rating'],
  'rating.error': [],

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
  'help.sent-before-title': [],
  'help.sent-before': ['ticket'],
  'feedback.language': [],
  'feedback.title': [],
  'feedback.lead': [],
  'feedback.about-you': [],
  'feedback.name': [],
  'feedback.email': [],
  'feedback.email-hint': [],
  'feedback.send': [],
  'feedback.error-email': [],
  'feedback.error-too-long': ['most'],
  'feedback.sent-before-title': [],
  'feedback.sent-before': [],
  'feedback.thanks-title': [],
  'feedback.thanks-lead': [],
  'feedback.thanks-answer': [],
  'feedback.thanks-unknown': [],
  'feedback.write': [],
  'feedback.ticket-subject': ['words'],
  'feedback.nps-title': [],
  'feedback.nps-lead': ['desk'],
  'feedback.nps-editing': ['when'],
  'feedback.nps-thanks-low': [],
  'feedback.nps-over': [],
  'feedback.nps-answered': [],
  'upload.title': [],
  'upload.hint': ['files', 'size'],
  'upload.choose': [],
  'upload.one': [],
  'upload.attach': [],
  'upload.leave-out': [],
  'upload.remove': ['file'],
  'upload.full': [],
  'upload.sending': [],
  'upload.too-big': ['size'],
  'upload.empty': [],
  'upload.failed': [],
  'upload.gone': [],
  'upload.wait': [],
  'thanks.title': [],
  'thanks.lead': ['subject'],
  'thanks.number': [],
  'thanks.promise': [],
  'thanks.your-time': [],
  'thanks.no-promise': [],
  'thanks.mail': ['email'],
  'thanks.follow': [],
  'thanks.another': [],

  'kb.title': [],
  'kb.lead': [],
  'kb.search-label': [],
  'kb.search': [],
  'kb.results': ['query'],
  'kb.no-results': ['query'],
  'kb.no-results-lead': [],
  'kb.most-read': [],
  'kb.topics': [],
  'kb.all': [],
  'kb.write-title': [],
  'kb.write-lead': [],
  'kb.write': [],
  'kb.reviewed': ['date'],
  'kb.related': [],
  'kb.languages': [],
  'kb.other-language': ['language'],
  'kb.helped.question': [],
  'kb.helped.title': [],
  'kb.helped.yes': [],
  'kb.helped.no': [],
  'kb.helped.back': [],
  'kb.solved.question': [],
  'kb.solved.about': ['ticket', 'subject'],
  'kb.solved.lead': [],
  'kb.solved.button': [],
  'kb.solved.title': [],
  'kb.solved.done': ['ticket'],
  'kb.solved.back': [],
  'kb.solved.answered-title': [],
  'kb.solved.answered-lead': [],
  'kb.solved.moved-title': [],
  'kb.solved.moved-lead': [],
  'kb.missing-title': [],
  'kb.missing-lead': [],

  'problem.not-found.title': [],
  'problem.not-found.lead': [],
  'problem.ended.title': [],
  'problem.ended.lead': [],
  'problem.wrong.title': [],
  'problem.wrong.lead': [],
  'problem.busy.title': [],
  'problem.busy.lead': [],
  'problem.broken.title': [],
  'problem.broken.lead': [],
} as const satisfies Record<string, readonly string[]>;

export type Word = keyof typeof WORDS;
export type Blank<W extends Word> = (typeof WORDS)[W][number];

type FirstOf<W> = W extends `${infer G}.${string}` ? G : never;
/** The first part of a word's name: words of one group travel together, and whoever says none of a group carries none. */
export type Group = FirstOf<Word>;
export type WordOf<G extends Group> = Extract<Word, `${G}.${string}`>;

/** The words of one group in every language of the desk, by language: build/desk/words/<group>.json. */
export type GroupWords<G extends Group> = Record<string, Record<WordOf<G>, string>>;

/** The question whose answer is the score, with the words of its options in the order of their values. */
export interface ScoredQuestion {
  question: string;
  options: Array<{ value: number; label: string }>;
  /** Of a scale of numbers: what its lowest and its highest mean. */
  ends?: [lowest: string, highest: string];
}

/** What there is to know of a language beside its words: desk/locales/<code>.yaml, compiled. */
export interface Language {
  /** The name of its file, a BCP 47 tag as in `lang`, e.g. `fa`. */
  code: string;
  /** The tag that dates and numbers are written by, e.g. `fa-IR-u-ca-persian-nu-arabext`. */
  format: string;
  dir: 'ltr' | 'rtl';
  /** The answers by which a single reply is rated, worst first. */
  replyRating: ScoredQuestion['options'];
}

/** A language with the words of some groups; of all, unless they are named. */
export interface Locale<G extends Group = Group> extends Language {
  words: Readonly<Record<WordOf<G>, string>>;
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
  /** Vazirmatn for Arabic script, from the desk itself: a page fetches it where it has such letters and no other face has. */
  fonts: FontFace[];
  logo?: Logo;
}

export interface FontFace {
  weight: 400 | 700;
  /** Where the desk serves it, e.g. `/assets/vazirmatn-arabic-400.9f86d081884c.woff2`. */
  path: string;
}

/** The picture at the head of every page. */
export interface Logo {
  path: string;
  /** The one for dark backgrounds. */
  dark?: string;
  /** Width by height. */
  ratio: number;
  /** The picture shows the desk's name, so that it is not written beside it. */
  saysName: boolean;
}

/** A file that pages show. */
export interface Asset {
  type: string;
  base64: string;
}
