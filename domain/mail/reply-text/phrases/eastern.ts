import type { Phrases } from './language.ts';

export const polish: Phrases = {
  opens: ['w dniu', 'dnia', 'pon.', 'wt.', 'śr.', 'czw.', 'pt.', 'sob.', 'niedz.'],
  wrote: ['napisał', 'napisała', 'napisał(a)', 'pisze', 'napisali'],
  labels: {
    from: ['od', 'nadawca'],
    date: ['wysłano', 'wysłane', 'data', 'wysłany'],
    to: ['do', 'dw', 'odpowiedź do', 'adresat'],
    subject: ['temat'],
  },
  original: ['wiadomość oryginalna', 'oryginalna wiadomość', 'treść oryginalnej wiadomości', 'wiadomość pierwotna'],
  forwarded: [
    'wiadomość przekazana dalej',
    'przekazana wiadomość',
    'początek przekazywanej wiadomości',
    'treść przekazanej wiadomości',
  ],
  sentFrom: [
    'wysłano z',
    'wysłane z',
    'wysłano przez',
    'pobierz outlook',
    'pobierz program outlook',
    'wysłane za pomocą',
  ],
  farewell: [
    'pozdrawiam',
    'z poważaniem',
    'pozdrowienia',
    'z wyrazami szacunku',
    'serdecznie pozdrawiam',
    'dziękuję',
    'dzięki',
  ],
  legal: {
    core: ['poufn', 'krs'],
    more: [
      'adresat',
      'omyłkow',
      'zabronion',
      'niezwłoczn',
      'sąd rejonowy',
      'nip',
      'nadawc',
      'usunię',
      'kapitał zakładowy',
    ],
  },
  below: ['patrz niżej', 'odpowiedzi poniżej', 'odpowiadam poniżej', 'poniżej w tekście'],
};

export const russian: Phrases = {
  opens: ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс', 'от'],
  wrote: ['написал', 'написала', 'написал(а)', 'пишет', 'писал', 'писал(а)'],
  labels: {
    from: ['от', 'от кого', 'отправитель'],
    date: ['отправлено', 'дата', 'послано'],
    to: ['кому', 'копия', 'получатель', 'ответить'],
    subject: ['тема'],
  },
  original: ['исходное сообщение', 'оригинальное сообщение', 'пересылаемое сообщение от вас', 'предыдущее сообщение'],
  forwarded: [
    'пересылаемое сообщение',
    'пересланное сообщение',
    'начало переадресованного сообщения',
    'перенаправленное сообщение',
    'конец пересылаемого сообщения',
  ],
  sentFrom: [
    'отправлено с',
    'отправлено из',
    'отправлено через',
    'отправлено от',
    'получить outlook',
    'скачать outlook',
    'послано с',
  ],
  farewell: ['с уважением', 'с наилучшими пожеланиями', 'спасибо', 'всего доброго', 'с приветом', 'благодарю'],
  legal: {
    core: ['конфиденциальн'],
    more: ['адресат', 'по ошибке', 'предназначен', 'уведом', 'запрещен', 'удалит', 'отправител', 'вложени'],
  },
  below: ['см. ниже', 'смотрите ниже', 'ответы ниже', 'ответы в тексте'],
};

export const ukrainian: Phrases = {
  opens: ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'нд'],
  wrote: ['пише', 'написав', 'написала', 'написав(-ла)', 'писав'],
  labels: {
    from: ['від', 'відправник'],
    date: ['надіслано', 'дата', 'відправлено'],
    to: ['кому', 'копія', 'до'],
    subject: ['тема'],
  },
  original: ['вихідне повідомлення', 'оригінальне повідомлення', 'початкове повідомлення'],
  forwarded: ['переслане повідомлення', 'початок пересланого повідомлення', 'перенаправлене повідомлення'],
  sentFrom: ['надіслано з', 'відправлено з', 'отримати outlook', 'завантажити outlook'],
  farewell: ['з повагою', 'дякую', 'щиро дякую', 'на все добре'],
  legal: { core: ['конфіденційн'], more: ['адресат', 'помилково', 'призначен', 'видал', 'повідом'] },
  below: ['див. нижче', 'відповіді нижче'],
};

export const czech: Phrases = {
  opens: ['dne', 'po', 'út', 'st', 'čt', 'pá', 'so', 'ne'],
  wrote: ['napsal', 'napsala', 'napsal(a)', 'píše'],
  labels: {
    from: ['od', 'odesílatel'],
    date: ['odesláno', 'datum'],
    to: ['komu', 'kopie', 'pro'],
    subject: ['předmět'],
  },
  original: ['původní zpráva', 'původní e-mail', 'původní email'],
  forwarded: ['přeposlaná zpráva', 'předaná zpráva', 'začátek přeposlané zprávy'],
  sentFrom: ['odesláno z', 'odesláno pomocí', 'získat outlook', 'získejte outlook'],
  farewell: ['s pozdravem', 's přátelským pozdravem', 'děkuji', 'díky', 'hezký den'],
  legal: { core: ['důvěrn'], more: ['adresát', 'omylem', 'určen', 'smaž', 'odesílatel'] },
  below: ['viz níže', 'odpovědi níže'],
};

export const turkish: Phrases = {
  opens: ['tarihinde'],
  wrote: ['yazdı', 'yazmış'],
  labels: {
    from: ['kimden', 'gönderen'],
    date: ['gönderildi', 'tarih', 'gönderme tarihi', 'gönderim'],
    to: ['kime', 'alıcı', 'bilgi', 'yanıtla'],
    subject: ['konu'],
  },
  original: ['orijinal ileti', 'orijinal mesaj', 'özgün ileti', 'özgün mesaj', 'i̇lk ileti'],
  forwarded: [
    'iletilen mesaj',
    'yönlendirilmiş mesaj',
    'iletilmiş ileti',
    'yönlendirilen ileti',
    'başlangıç: iletilen ileti',
  ],
  sentFrom: [
    'ios için outlook',
    'android için outlook',
    '…dan gönderildi',
    '…den gönderildi',
    '…tan gönderildi',
    '…ten gönderildi',
    '…ile gönderildi',
  ],
  farewell: [
    'saygılarımla',
    'saygılar',
    'iyi çalışmalar',
    'teşekkürler',
    'teşekkür ederim',
    'sevgiler',
    'iyi günler',
    'selamlar',
  ],
  legal: { core: ['gizli'], more: ['alıcı', 'yanlışlıkla', 'sorumlu', 'yetkisiz', 'gönderen', 'imha', 'siliniz'] },
  below: ['aşağıda', 'cevaplarım aşağıda', 'yanıtlarım aşağıda'],
};

export const finnish: Phrases = {
  opens: ['ma', 'ti', 'ke', 'to', 'pe', 'la', 'su'],
  wrote: ['kirjoitti'],
  labels: {
    from: ['lähettäjä'],
    date: ['lähetetty', 'päiväys', 'päivämäärä', 'pvm'],
    to: ['vastaanottaja', 'kopio'],
    subject: ['aihe', 'otsikko'],
  },
  original: ['alkuperäinen viesti', 'alkuperäinen sähköposti'],
  forwarded: ['välitetty viesti', 'edelleenlähetetty viesti', 'edelleenlähetetty viesti alkaa'],
  sentFrom: ['lähetetty', 'hanki outlook'],
  farewell: ['ystävällisin terveisin', 'terveisin', 'parhain terveisin', 'kiitos', 't.', 'yst. terv.'],
  legal: { core: ['luottamuksell'], more: ['vastaanottaja', 'erehdyksessä', 'lähettäjä', 'tuhoa'] },
  below: ['katso alla', 'vastaukset alla'],
};
