/** What a customer must never be asked for, in the languages the desk ships. */
const CARD_DETAILS =
  /card (?:number|details|data|holder)|full card|cvv|cvc|security code|expiry date|expiration date|kartennummer|kartendaten|prüfziffer|prüfnummer|ablaufdatum|شماره(?:ٔ|ی)? ?کارت|اطلاعات کارت|تاریخ انقضا|رمز دوم|رمز پویا/iu;
const PASSWORD = /password|\bpin\b|one-time code|passwort|kennwort|\btan\b|رمز عبور|گذرواژه|رمز یک ?‌?بار/iu;
const HAND_OVER =
  /\b(?:send|tell|give|share|provide|reply with|what is your|schicken|senden|nennen|mitteilen|geben sie|teilen sie)\b|بفرستید|بگویید|بدهید|اعلام کنید|بنویسید/iu;
const NEVER =
  /\b(?:never|not|don't|nobody|without|nie|niemals|nicht|kein|keine|keinen|niemand|ohne)\b|هرگز|نفرستید|نپرسید|نگویید|نیاز ندار|لازم نیست|نمی‌پرسد/iu;

/**
 * The first sentence that asks for card details, a password or a code; undefined when there is none. One that says never to
 * send them is welcome.
 */
export const asksForSecrets = (text: string): string | undefined =>
  text
    .split(/(?<=[.!?؟:])\s+|\n/u)
    .find(
      (sentence) =>
        !NEVER.test(sentence) && (CARD_DETAILS.test(sentence) || (PASSWORD.test(sentence) && HAND_OVER.test(sentence))),
    );
