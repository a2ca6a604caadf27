/**
 * How mail programs begin the subject of an answer nobody wrote, by language. Each is a prefix: people put other words
 * before it when they write about one ("Re: Out of office").
 */
const BEGINNINGS: Record<string, string> = {
  en: "automatic (?:e-?mail )?(?:reply|response|answer)|auto(?:mated)?[ -]?(?:reply|response|responder|answer)|out[ -]of[ -](?:the[ -])?office|(?:i am |i'm )?away from (?:my )?(?:e-?mail|desk|the office)|vacation (?:reply|response|notice|message)|on vacation|absence notice|ooo\\b",
  de: 'automatische (?:antwort|rückantwort|e-?mail)|auto-?antwort|abwesenheits(?:notiz|nachricht|meldung|agent)|abwesenheit\\b|abwesend\\b|nicht im büro|urlaubsvertretung',
  fr: "réponse automatique|reponse automatique|message d['’]absence|absence du bureau|absente?(?:\\(e\\))? du bureau|notification d['’]absence",
  es: 'respuesta automática|respuesta automatica|autorespuesta|fuera de (?:la )?oficina|ausencia (?:temporal|de la oficina)',
  pt: 'resposta automática|resposta automatica|ausência temporária|fora do escritório|aviso de ausência',
  it: "risposta automatica|fuori (?:sede|ufficio)|assenza dall['’]ufficio|messaggio di assenza",
  nl: 'automatisch antwoord|automatische reactie|afwezigheids(?:bericht|melding|assistent)|afwezig\\b|niet op kantoor',
  pl: 'odpowiedź automatyczna|automatyczna odpowiedź|autoodpowiedź|poza biurem|nieobecność',
  ru: 'автоматический ответ|автоответ|нет на месте|вне офиса|отсутствие на работе',
  uk: 'автоматична відповідь|автовідповідь',
  tr: 'otomatik (?:yanıt|cevap)|ofis dışında|işyeri dışında',
  sv: 'autosvar|automatiskt svar|frånvaro|ej på kontoret',
  da: 'autosvar|automatisk svar|ikke til stede|fraværende',
  nb: 'automatisk svar|fraværsmelding|ikke på kontoret',
  fi: 'automaattinen vastaus|poissaoloilmoitus|poissa toimistosta',
  cs: 'automatická odpověď|mimo kancelář',
  sk: 'automatická odpoveď|mimo kancelárie',
  hu: 'automatikus válasz|házon kívül',
  ro: 'răspuns automat|în afara biroului',
  el: 'αυτόματη απάντηση|εκτός γραφείου',
  he: 'תשובה אוטומטית|מענה אוטומטי|הודעת היעדרות|מחוץ למשרד',
  ar: 'رد تلقائي|الرد التلقائي|خارج المكتب',
  fa: 'پاسخ خودکار|پاسخ اتوماتیک|خارج از دفتر',
  ja: '自動(?:応答|返信|送信)|不在(?:通知|応答|連絡|のお知らせ)',
  zh: '自动(?:回复|答复|应答)|自動(?:回覆|答覆|回應)|不在办公室|外出(?:通知|回复)',
  ko: '자동 ?(?:회신|응답|답장)|부재중',
};

const AWAY = new RegExp(`^[\\s\\[(<*【「]*(?:${Object.values(BEGINNINGS).join('|')})`, 'iu');

/** Whether a subject begins as the answer of an absent person's program does. By itself it proves nothing. */
export const soundsAway = (subject: string): boolean => AWAY.test(subject.normalize('NFC'));
