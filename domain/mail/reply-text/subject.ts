/** Prefixes with which mail programs pass a mail on, by language; the letters of an answer (`Re:`, `AW:`, `SV:`) are none. */
const FORWARD =
  /^\s*(?:fwd?|wg|tr|rv|enc|res-enc|i|doorst|pd|vb|vs-fwd|vl|ilt|il|ynt-ilt|fs|pren|hv|trs|пересл|转发|轉寄|转|轉|転送|إعادة توجيه|تمرير|فوروارد|ارجاع|הועבר|전달|chuyển tiếp)\s*[:：]/iu;

/** Whether a subject says that the mail is passed on: `Fwd: Invoice`, `WG: Rechnung`. */
export const isForwardSubject = (subject: string): boolean => FORWARD.test(subject.slice(0, 60));
