/** Words after which people write a password, in English, German and Persian; as sources of a regular expression. */
export const PASSWORD_WORDS = [
  'pass ?words?',
  'pass-?wd',
  'pwd',
  'pass ?code',
  'pass ?phrase',
  'secret(?:[ _-]?(?:access)?[ _-]?key)?',
  '(?:client|api|app|access|auth|refresh|bearer|signing|webhook)[ _-]?(?:secret|token|key)',
  'private[ _-]key',
  'credentials?',
  'passwort',
  'pa(?:ß|ss)wörter',
  'kennwort',
  'kenn- ?und passwort',
  'zugangsdaten',
  'zugangs(?:code|kennwort|passwort)',
  'رمز(?: |\u200c)?(?:عبور|ورود|حساب|کاربری|اینترنتی)',
  'کلمه(?: |\u200c)?(?:ی )?(?:عبور|رمز)',
  'گذر ?\u200c?واژه',
  'پسورد',
  'پس ?\u200c?ورد',
  'رمز',
];

/** The same for codes of digits that are used once or at a machine. */
export const CODE_WORDS = [
  'pin',
  'pin[ -]?(?:code|number|nr\\.?)',
  'otp',
  '(?:one[ -]time|verification|confirmation|authentication|auth|security|login|log-in|sign-in|access|recovery|2fa|mfa|sms)[ -](?:pin|pass ?code|code|pass ?word)',
  'tan',
  'm?tan-?(?:code|nummer|nr\\.?)',
  'geheimzahl',
  'einmal-?(?:code|passwort|kennwort|pin)',
  '(?:bestätigungs|sicherheits|verifizierungs|anmelde|freischalt|entsperr|sms|pin)-?code',
  '(?:رمز|کد|پین)(?: |\u200c)?(?:یک ?\u200c?بار ?\u200c?مصرف|پویا|دوم|تایید|تأیید|فعال ?\u200c?سازی|امنیتی|ورود|پیامکی)',
  'پین(?: |\u200c)?کد',
  'پین',
  'رمز(?: |\u200c)?(?:اول|دوم|کارت)',
];

/** The three or four digits printed on a card. */
export const CARD_CODE_WORDS = [
  'cvv ?2?',
  'cvc ?2?',
  'cvn ?2?',
  'cid',
  'csc',
  'card (?:verification|security) (?:code|value|number)',
  'security (?:code|number)',
  'kartenprüf(?:nummer|ziffer|zahl|wert)',
  'prüf(?:nummer|ziffer|zahl)',
  'kartensicherheitscode',
  'سی ?\u200c?وی ?\u200c?وی ?[2۲٢]?',
];

/** Between the word and the secret: plain marks say that it follows. */
const POSSESSIVE =
  '(?: ?(?:[^\\S\\n]|\u200c)?(?:من|ام|م|اش|ش|شما|تان|مان|جدید|قبلی|فعلی|کارتم?|حسابم?|f(?:o|ü)r [\\w-]{1,20}(?: [\\w-]{1,20})?|\\([^()\\n]{0,40}\\))){0,2}';
export const STRONG = `${POSSESSIVE}["'\`*_]{0,3}[^\\S\\n]{0,4}(?:(?:is|was|ist|war)?[^\\S\\n]{0,2}[:=：＝]|=>|->|→|lautet[e]?:?|lauten:?)[^\\S\\n]{0,4}`;
export const WEAK = `${POSSESSIVE}[^\\S\\n]{1,4}(?:is|was|ist|war|are|sind)[^\\S\\n]{1,4}(?:(?:now|still|jetzt|noch|immer noch)[^\\S\\n]{1,4})?`;
export const NEXT_LINE = `${POSSESSIVE}[^\\S\\n]{0,4}[:=：]?[^\\S\\n]{0,4}\\r?\\n[^\\S\\n]{0,4}`;
/** Nothing but a blank: in Persian the verb stands at the end. */
export const BLANK = `${POSSESSIVE}(?:[^\\S\\n]|#|nr\\.?|no\\.?){1,4}`;

/** Words that may follow and are no secret. */
export const ORDINARY_WORDS: ReadonlySet<string> = new Set(
  `a an the this that these those it its is are was i im i'm ive we you he she they my your our their and or but if so
  to of for from in on at by with as no not none never n/a na yes please pls help how what why when where who which can
  cannot can't could would should will wont won't do does dont don't did didn't has have had hasn't need needs reset
  forgot forgotten lost unknown wrong incorrect invalid expired correct right ok okay fine required optional missing
  empty blank hidden masked removed redacted see below above attached same changed rejected accepted refused locked
  blocked working broken too still always again only also just very strong weak safe secure short long new old there here
  valid shown stored saved sent set being out
  ich du er sie es wir ihr mein meine mein dein der die das ein eine ist sind war und oder aber wenn zu von für mit im in am
  auf bei bitte hilfe wie was warum wann wo wer nicht kein keine nie ja nein vergessen verloren unbekannt falsch ungültig
  abgelaufen richtig korrekt gesperrt geändert zurücksetzen zurückgesetzt leer siehe unten oben anbei gleich noch immer
  wieder nur auch sehr neu alt hier weg zurück sicher unsicher kurz lang gültig hat habe haben wurde wird werden kann kommt
  من تو او ما شما آنها این آن که را از به با در و یا اما اگر تا برای است هست نیست بود شد شده نشد نمی‌شود می‌شود لطفا لطفاً کمک
  چگونه چطور چرا کی کجا بله نه خیر فراموش کردم کرده‌ام گم اشتباه غلط نادرست منقضی درست صحیح قفل تغییر بازیابی خالی هم
  همان باز فقط خیلی جدید قدیمی ندارم دارم ندارد کار نمی‌کند نمیکند عبور ورود`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
