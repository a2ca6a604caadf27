/**
 * What people write when they only say thanks, language by language; apart by `|`. A message counts as thanks only if it is
 * made of nothing else, so a phrase that could ask, object or tell of a problem has no place here.
 */
interface Language {
  /** Says thanks. */
  thanks: string;
  /** Says that all is well: an answer, where the desk has asked something. */
  well: string;
  /** Says nothing of its own: greetings, farewells, and what thanks are for. */
  polite: string;
}

export const LANGUAGES: Record<string, Language> = {
  en: {
    thanks:
      'thanks|thank you|thank u|thankyou|thx|thnx|ty|tyvm|cheers|much appreciated|appreciated|i appreciate it|i really appreciate it|i appreciate your help|appreciate it|appreciate your help|i am grateful|im grateful|very grateful|so grateful|many thanks|much obliged|kudos',
    well: 'ok|okay|great|perfect|super|excellent|awesome|wonderful|fantastic|brilliant|amazing|lovely|nice|cool|good|very good|all good|all is well|all well|got it|understood|yes|yay|that helped|that helps|this helped|it helped|it works|it works now|works|works now|that works|that worked|it worked|this works|this worked|it is working|it is working now|its working|its working now|working now|everything works|everything works now|everything is working|everything is working now|solved|problem solved|that solved it|this solved it|fixed|it is fixed|its fixed|all fixed|that fixed it|that did it|that did the trick|issue resolved|resolved|you can close this|you can close the ticket|you can close it|received',
    polite:
      'hi|hello|hey|dear|dear team|team|all|everyone|dear all|hi there|hello there|good morning|good afternoon|good evening|so|very|very much|so much|a lot|lots|a million|a ton|a bunch|again|once again|once more|indeed|and|really|truly|sincerely|all the best|in advance|for that|for this|for it|for all|for everything|for all your help|for your help|for your great help|for the help|for your quick help|for the quick help|for helping|for helping me|for helping us|for helping out|for your support|for the support|for the great support|for your quick support|for your time|for your patience|for your effort|for your efforts|for the effort|for the quick reply|for the quick response|for your quick reply|for your quick response|for your reply|for your response|for the reply|for the response|for your answer|for the answer|for your quick answer|for the quick answer|for the fast reply|for your fast reply|for the fast response|for the prompt reply|for your prompt reply|for your prompt response|for the prompt response|for the info|for the information|for the update|for the explanation|for your message|for your email|for getting back to me|for getting back to us|for letting me know|for letting us know|for taking care of this|for taking care of it|for fixing it|for fixing this|for fixing that|for the fix|to you|to you all|to all of you|to the team|to the whole team|to your team|you are great|you are the best|youre the best|you guys are great|you guys are the best|great job|good job|great work|good work|great support|great service|great help|bye|goodbye|good bye|bye bye|take care|have a nice day|have a great day|have a good day|have a lovely day|have a nice weekend|have a great weekend|have a good weekend|have a nice evening|best|best regards|kind regards|regards|warm regards|best wishes|yours|yours sincerely|sincerely yours|you too|same to you',
  },
  de: {
    thanks:
      'danke|dankeschön|danke schön|danke dir|danke ihnen|danke euch|vielen dank|vielen lieben dank|lieben dank|besten dank|herzlichen dank|herzlichsten dank|tausend dank|ganz lieben dank|ich danke|ich danke ihnen|ich danke dir|ich danke euch|ich bedanke mich|wir bedanken uns|wir danken ihnen|merci|dankbar|dank',
    well: 'ok|okay|super|perfekt|prima|toll|klasse|spitze|wunderbar|ausgezeichnet|hervorragend|großartig|top|genial|sehr gut|gut|alles gut|alles klar|alles bestens|bestens|passt|passt so|verstanden|ja|hat geklappt|es hat geklappt|das hat geklappt|jetzt geht es|jetzt gehts|es geht jetzt|es geht wieder|geht wieder|jetzt funktioniert es|es funktioniert|es funktioniert jetzt|es funktioniert wieder|funktioniert|funktioniert jetzt|funktioniert wieder|das funktioniert|alles funktioniert|läuft|läuft wieder|es läuft wieder|erledigt|hat sich erledigt|gelöst|problem gelöst|das problem ist gelöst|das hat geholfen|hat geholfen|sie können das ticket schließen|erhalten',
    polite:
      'hallo|hi|hey|guten tag|guten morgen|guten abend|moin|servus|grüß gott|liebes team|liebes support team|liebe alle|sehr|sehr geehrte damen und herren|nochmals|noch mals|noch einmal|nochmal|und|auch|so|ganz|wirklich|herzlich|recht herzlich|vielmals|im voraus|dafür|hierfür|für alles|für die hilfe|für ihre hilfe|für deine hilfe|für eure hilfe|für die schnelle hilfe|für ihre schnelle hilfe|für deine schnelle hilfe|für die tolle hilfe|für die unterstützung|für ihre unterstützung|für die schnelle unterstützung|für die antwort|für ihre antwort|für deine antwort|für die schnelle antwort|für ihre schnelle antwort|für die rasche antwort|für die rückmeldung|für ihre rückmeldung|für deine rückmeldung|für die schnelle rückmeldung|für ihre schnelle rückmeldung|für die rasche rückmeldung|für die info|für die infos|für die information|für die informationen|für den hinweis|für die erklärung|für ihre mühe|für die mühe|für deine mühe|für ihre geduld|für ihre zeit|für den service|für den tollen service|für den super service|für die schnelle bearbeitung|für die bearbeitung|an das team|ans team|an alle|ihnen|dir|euch|tschüss|tschüs|ciao|auf wiedersehen|schönen tag|schönen tag noch|einen schönen tag|einen schönen tag noch|noch einen schönen tag|schönes wochenende|ein schönes wochenende|schönen abend|schönen abend noch|schönen feierabend|alles gute|bis dann|gruß|grüße|viele grüße|liebe grüße|beste grüße|schöne grüße|herzliche grüße|mit freundlichen grüßen|freundliche grüße|mit besten grüßen|lg|vg|mfg|gleichfalls|tolle arbeit|gute arbeit|toller service|super service',
  },
  fa: {
    thanks:
      'ممنون|ممنونم|ممنون از شما|ممنونم از شما|ممنون از لطف شما|ممنون از لطفتون|ممنون از لطفتان|متشکرم|متشکر|متشکریم|تشکر|تشکر میکنم|با تشکر|با تشکر از شما|خیلی تشکر|سپاس|سپاسگزارم|سپاسگزار|سپاسگزاریم|سپاس از شما|با سپاس|مرسی|دستتون درد نکنه|دست شما درد نکنه|دستتان درد نکند|دست شما درد نکند|دستت درد نکنه|قدردانم|لطف کردید|لطف کردین',
    well: 'باشه|چشم|بله|اوکی|اوکیه|عالی|عالیه|عالی بود|خوبه|خوب|خیلی خوب|خیلی عالی|درست شد|حل شد|مشکل حل شد|مشکلم حل شد|مشکل برطرف شد|مشکلم برطرف شد|برطرف شد|کار کرد|کار میکنه|کار میکند|الان کار میکنه|الان کار میکند|متوجه شدم|فهمیدم|دریافت شد|رسید',
    polite:
      'سلام|سلام علیکم|درود|درود بر شما|سلام و درود|وقت بخیر|وقت شما بخیر|روز بخیر|صبح بخیر|شب بخیر|عصر بخیر|خیلی|بسیار|بی نهایت|فراوان|یک دنیا|یه دنیا|باز هم|بازم|دوباره|و|هم|واقعا|از شما|از شما دوستان|از همه|از همه شما|از تیم پشتیبانی|از تیم خوبتون|از پشتیبانی|از پشتیبانی شما|از پشتیبانی خوبتون|از راهنمایی شما|از راهنماییتون|از راهنماییتان|از کمک شما|از کمکتون|از کمکتان|از پاسخ شما|از پاسختون|از پاسختان|از پاسخگویی شما|از پاسخگویی سریع شما|از پاسخ سریع شما|از پیگیری شما|از پیگیریتون|از پیگیریتان|از لطف شما|از لطفتون|از وقت شما|از زحمات شما|از زحماتتون|بابت کمک|بابت راهنمایی|بابت پاسخ|بابت پاسخ سریع|بابت پیگیری|بابت همه چیز|بابت اطلاع|بابت پاسخگویی|به خاطر کمک|به خاطر همه چیز|خسته نباشید|خسته نباشین|خدا قوت|موفق باشید|موفق باشین|موفق و موید باشید|پیروز باشید|سلامت باشید|زنده باشید|خدانگهدار|خداحافظ|روز خوبی داشته باشید|روز خوش|روز خوبی داشته باشین|با احترام|ارادتمند|جان|عزیز|گرامی|دوستان|لطف دارید',
  },
  fr: {
    thanks:
      'merci|merci beaucoup|merci bien|mille mercis|mille merci|un grand merci|grand merci|merci infiniment|merci à vous|merci à toi|je vous remercie|nous vous remercions|je te remercie|avec mes remerciements',
    well: 'ok|parfait|super|génial|excellent|très bien|bien|oui|c’est bon|c’est parfait|ça marche|ça fonctionne|cela fonctionne|résolu|problème résolu|c’est réglé|réglé|bien reçu|compris|d’accord',
    polite:
      'bonjour|bonsoir|salut|encore|encore une fois|beaucoup|bien|et|à vous|à tous|à toute l’équipe|à l’équipe|par avance|d’avance|pour tout|pour votre aide|pour ton aide|pour l’aide|pour votre réponse|pour ta réponse|pour la réponse|pour votre réponse rapide|pour la réponse rapide|pour votre retour|pour votre retour rapide|pour votre rapidité|pour votre réactivité|pour votre support|pour votre soutien|pour l’information|pour les informations|pour votre temps|pour votre patience|au revoir|bonne journée|bonne soirée|bon week end|bon weekend|cordialement|bien cordialement|bien à vous|à bientôt|chère équipe',
  },
  es: {
    thanks:
      'gracias|muchas gracias|muchísimas gracias|mil gracias|un millón de gracias|muy agradecido|muy agradecida|te lo agradezco|se lo agradezco|os lo agradezco|agradecido|agradecida',
    well: 'ok|vale|perfecto|genial|excelente|estupendo|muy bien|bien|sí|todo bien|ya funciona|funciona|ahora funciona|resuelto|solucionado|problema resuelto|entendido|recibido|de acuerdo',
    polite:
      'hola|buenos días|buenas tardes|buenas noches|buenas|de nuevo|otra vez|y|por todo|por su ayuda|por tu ayuda|por vuestra ayuda|por la ayuda|por su respuesta|por tu respuesta|por la respuesta|por la rápida respuesta|por su rápida respuesta|por su pronta respuesta|por la información|por su tiempo|por su apoyo|por el apoyo|por su atención|de antemano|a todos|al equipo|adiós|hasta luego|hasta pronto|un saludo|saludos|saludos cordiales|atentamente|buen día|que tenga un buen día|buen fin de semana',
  },
  it: {
    thanks:
      'grazie|grazie mille|mille grazie|grazie tante|tante grazie|molte grazie|ti ringrazio|la ringrazio|vi ringrazio',
    well: 'ok|perfetto|ottimo|benissimo|bene|va bene|sì|tutto a posto|tutto ok|funziona|ora funziona|adesso funziona|risolto|problema risolto|ricevuto|capito',
    polite:
      'ciao|salve|buongiorno|buonasera|ancora|di nuovo|e|di tutto|di cuore|per tutto|per l’aiuto|per il vostro aiuto|per il suo aiuto|per il tuo aiuto|per la risposta|per la rapida risposta|per la vostra risposta|per il supporto|per l informazione|per le informazioni|a tutti|a voi|in anticipo|arrivederci|buona giornata|buona serata|buon weekend|cordiali saluti|un saluto|saluti|distinti saluti',
  },
  pt: {
    thanks:
      'obrigado|obrigada|muito obrigado|muito obrigada|obrigadão|agradeço|agradecido|agradecida|valeu|muito grato|muito grata',
    well: 'ok|perfeito|ótimo|excelente|muito bem|bem|sim|tudo bem|tudo certo|funciona|funcionou|já funciona|resolvido|problema resolvido|entendido|recebido|certo',
    polite:
      'olá|oi|bom dia|boa tarde|boa noite|novamente|mais uma vez|e|por tudo|pela ajuda|pela sua ajuda|pela resposta|pela sua resposta|pela rápida resposta|pela resposta rápida|pelo apoio|pelo suporte|pela informação|pela atenção|desde já|a todos|à equipa|à equipe|adeus|tchau|até logo|tenha um bom dia|bom fim de semana|cumprimentos|atenciosamente|abraço|abraços',
  },
  nl: {
    thanks:
      'bedankt|dank je|dank je wel|dankjewel|dank u|dank u wel|dankuwel|hartelijk dank|veel dank|heel erg bedankt|hartelijk bedankt|alvast bedankt|super bedankt|thanks',
    well: 'ok|oké|top|perfect|super|geweldig|prima|fijn|goed|ja|alles goed|het werkt|het werkt nu|werkt|werkt weer|opgelost|probleem opgelost|begrepen|ontvangen',
    polite:
      'hallo|hoi|dag|goedemorgen|goedemiddag|goedenavond|nogmaals|en|voor alles|voor je hulp|voor uw hulp|voor jullie hulp|voor de hulp|voor de snelle hulp|voor je reactie|voor uw reactie|voor de reactie|voor de snelle reactie|voor uw snelle reactie|voor het antwoord|voor het snelle antwoord|voor de informatie|voor de moeite|voor de service|fijne dag|fijne dag nog|fijn weekend|fijne avond|groet|groeten|groetjes|met vriendelijke groet|met vriendelijke groeten|vriendelijke groet|mvg|tot ziens',
  },
  sv: {
    thanks: 'tack|tack så mycket|tack så hemskt mycket|stort tack|tusen tack|tackar|tack snälla|många tack',
    well: 'ok|okej|perfekt|super|toppen|bra|jättebra|utmärkt|ja|det funkar|det fungerar|det fungerar nu|nu fungerar det|löst|problemet är löst|förstått|mottaget',
    polite:
      'hej|hallå|god morgon|igen|än en gång|och|för hjälpen|för din hjälp|för er hjälp|för svaret|för snabbt svar|för det snabba svaret|för allt|för informationen|på förhand|ha en bra dag|ha det bra|trevlig helg|hej då|vänliga hälsningar|med vänliga hälsningar|hälsningar|mvh',
  },
  da: {
    thanks: 'tak|mange tak|tusind tak|tak skal du have|tak skal i have|mange tusind tak',
    well: 'ok|okay|perfekt|super|fint|godt|ja|det virker|det virker nu|nu virker det|løst|forstået|modtaget',
    polite:
      'hej|goddag|godmorgen|igen|endnu en gang|og|for hjælpen|for din hjælp|for jeres hjælp|for svaret|for det hurtige svar|for hurtigt svar|for alt|på forhånd|hav en god dag|god dag|god weekend|farvel|venlig hilsen|med venlig hilsen|mvh|hilsen',
  },
  nb: {
    thanks: 'takk|tusen takk|mange takk|takk skal du ha|takk skal dere ha|hjertelig takk',
    well: 'ok|perfekt|supert|flott|bra|fint|ja|det fungerer|det fungerer nå|nå fungerer det|det virker|løst|forstått|mottatt',
    polite:
      'hei|god morgen|god dag|igjen|nok en gang|og|for hjelpen|for svaret|for raskt svar|for alt|på forhånd|ha en fin dag|god helg|ha det|vennlig hilsen|med vennlig hilsen|mvh|hilsen',
  },
  fi: {
    thanks: 'kiitos|kiitoksia|paljon kiitoksia|kiitos paljon|suuret kiitokset|iso kiitos|suurkiitos|kiitti',
    well: 'ok|hyvä|hienoa|loistavaa|mahtavaa|kyllä|toimii|nyt toimii|se toimii|ratkaistu|selvä|ymmärretty',
    polite:
      'hei|moi|terve|hyvää päivää|hyvää huomenta|vielä|ja|avusta|nopeasta avusta|vastauksesta|nopeasta vastauksesta|kaikesta|etukäteen|hyvää päivänjatkoa|mukavaa päivää|hyvää viikonloppua|terveisin|ystävällisin terveisin|t',
  },
  pl: {
    thanks:
      'dziękuję|dziekuje|dziękuję bardzo|bardzo dziękuję|dziękujemy|dzięki|wielkie dzięki|serdecznie dziękuję|dzięki wielkie|stokrotne dzięki',
    well: 'ok|super|świetnie|doskonale|dobrze|bardzo dobrze|tak|działa|już działa|teraz działa|rozwiązane|problem rozwiązany|rozumiem|otrzymałem|otrzymałam',
    polite:
      'cześć|dzień dobry|witam|dobry wieczór|jeszcze raz|i|za pomoc|za szybką pomoc|za odpowiedź|za szybką odpowiedź|za wszystko|za informację|za wsparcie|z góry|do widzenia|miłego dnia|dobrego dnia|miłego weekendu|pozdrawiam|pozdrowienia|z poważaniem',
  },
  cs: {
    thanks: 'děkuji|děkuju|děkuji moc|mockrát děkuji|moc děkuji|děkujeme|díky|díky moc|moc díky',
    well: 'ok|super|skvělé|výborně|dobře|ano|funguje|už funguje|už to funguje|vyřešeno|rozumím|přijato',
    polite:
      'dobrý den|ahoj|dobré ráno|ještě jednou|a|za pomoc|za rychlou pomoc|za odpověď|za rychlou odpověď|za vše|za informaci|předem|na shledanou|hezký den|pěkný den|hezký víkend|s pozdravem|zdravím',
  },
  hu: {
    thanks:
      'köszönöm|köszönöm szépen|nagyon köszönöm|köszönjük|köszi|köszi szépen|hálásan köszönöm|nagyon szépen köszönöm',
    well: 'ok|rendben|szuper|tökéletes|remek|kiváló|igen|működik|most már működik|már működik|megoldva|megoldódott|értem|megkaptam',
    polite:
      'szia|helló|jó napot|jó reggelt|üdvözlöm|még egyszer|és|a segítséget|a gyors segítséget|a választ|a gyors választ|mindent|az információt|előre is|viszontlátásra|szép napot|további szép napot|jó hétvégét|üdvözlettel|tisztelettel',
  },
  ro: {
    thanks:
      'mulțumesc|multumesc|mulțumesc mult|mulțumesc frumos|multumesc mult|multumesc frumos|mulțumim|mersi|mersi mult',
    well: 'ok|perfect|super|excelent|foarte bine|bine|da|funcționează|acum funcționează|rezolvat|înțeles|primit',
    polite:
      'bună|bună ziua|salut|încă o dată|din nou|și|pentru ajutor|pentru tot|pentru răspuns|pentru răspunsul rapid|pentru informații|anticipat|la revedere|o zi bună|o zi frumoasă|weekend plăcut|cu stimă|cu respect|toate cele bune',
  },
  ru: {
    thanks:
      'спасибо|большое спасибо|спасибо большое|огромное спасибо|спасибо огромное|благодарю|благодарим|спс|спасибо вам|спасибо вам большое|благодарен|благодарна',
    well: 'ок|хорошо|отлично|супер|прекрасно|замечательно|да|всё хорошо|все хорошо|работает|всё работает|все работает|теперь работает|заработало|всё заработало|решено|проблема решена|вопрос решён|вопрос решен|понятно|понял|поняла|получил|получила',
    polite:
      'здравствуйте|привет|добрый день|доброе утро|добрый вечер|ещё раз|еще раз|и|вам|за помощь|за вашу помощь|за быструю помощь|за ответ|за быстрый ответ|за оперативный ответ|за оперативность|за всё|за все|за информацию|за поддержку|заранее|до свидания|хорошего дня|удачного дня|хороших выходных|с уважением|всего доброго|всего хорошего',
  },
  uk: {
    thanks: 'дякую|дуже дякую|щиро дякую|дякуємо|велике дякую|вдячний|вдячна|дякую вам',
    well: 'ок|добре|чудово|супер|відмінно|так|все добре|працює|все працює|тепер працює|вирішено|проблему вирішено|зрозуміло|отримав|отримала',
    polite:
      'вітаю|привіт|добрий день|доброго дня|доброго ранку|ще раз|і|та|вам|за допомогу|за вашу допомогу|за відповідь|за швидку відповідь|за все|за інформацію|за підтримку|до побачення|гарного дня|гарних вихідних|з повагою',
  },
  tr: {
    thanks:
      'teşekkürler|teşekkür ederim|teşekkür ederiz|çok teşekkürler|çok teşekkür ederim|çok teşekkür ederiz|sağ olun|sağolun|sağ ol|çok sağ olun|tşk|tşkler|minnettarım',
    well: 'tamam|süper|harika|mükemmel|çok iyi|iyi|evet|çalışıyor|şimdi çalışıyor|oldu|çözüldü|sorun çözüldü|anladım|aldım',
    polite:
      'merhaba|selam|günaydın|iyi günler|iyi akşamlar|tekrar|tekrardan|ve|her şey için|yardımınız için|yardımlarınız için|yardım için|cevabınız için|cevap için|hızlı cevabınız için|hızlı yanıtınız için|yanıtınız için|ilginiz için|bilgi için|şimdiden|hoşça kalın|iyi çalışmalar|kolay gelsin|iyi hafta sonları|saygılar|saygılarımla|selamlar|sevgiler',
  },
  el: {
    thanks: 'ευχαριστώ|ευχαριστώ πολύ|σας ευχαριστώ|σας ευχαριστώ πολύ|ευχαριστούμε|ευχαριστούμε πολύ|πολλά ευχαριστώ',
    well: 'οκ|τέλεια|τέλειο|υπέροχα|πολύ καλά|καλά|ναι|λειτουργεί|τώρα λειτουργεί|λύθηκε|το πρόβλημα λύθηκε|κατάλαβα|ελήφθη',
    polite:
      'γεια|γεια σας|καλημέρα|καλησπέρα|ξανά|και πάλι|και|για τη βοήθεια|για τη βοήθειά σας|για την απάντηση|για την άμεση απάντηση|για όλα|εκ των προτέρων|αντίο|καλή συνέχεια|καλό σαββατοκύριακο|με εκτίμηση|φιλικά',
  },
  ar: {
    thanks:
      'شكرا|شكرا لك|شكرا لكم|شكرا جزيلا|شكرا جزيلا لكم|شكرا جزيلا لك|جزيل الشكر|أشكركم|اشكركم|نشكركم|أشكرك|مشكور|مشكورين|الف شكر|ألف شكر|كل الشكر',
    well: 'تمام|حسنا|ممتاز|رائع|جيد|جيد جدا|نعم|يعمل|يعمل الان|تم الحل|تم حل المشكلة|حلت المشكلة|فهمت|وصل|تم الاستلام',
    polite:
      'مرحبا|السلام عليكم|وعليكم السلام|صباح الخير|مساء الخير|مرة أخرى|مرة اخرى|و|على المساعدة|على مساعدتكم|على مساعدتك|لمساعدتكم|لمساعدتك|على الرد|على ردكم|على الرد السريع|على سرعة الرد|على كل شيء|على المعلومات|على تعاونكم|لتعاونكم|مقدما|مع السلامة|يومك سعيد|نهاركم سعيد|مع التحية|تحياتي|مع أطيب التحيات|بارك الله فيكم|يعطيكم العافية',
  },
  he: {
    thanks: 'תודה|תודה רבה|תודה לך|תודה לכם|תודה רבה לכם|המון תודה|אלף תודות|אני מודה לכם',
    well: 'אוקיי|מצוין|מעולה|נהדר|סבבה|בסדר|כן|עובד|עכשיו עובד|זה עובד|נפתר|הבעיה נפתרה|הבנתי|התקבל',
    polite:
      'שלום|היי|בוקר טוב|ערב טוב|שוב|על העזרה|על התגובה|על התשובה|על התשובה המהירה|על הכל|על המענה המהיר|מראש|להתראות|יום טוב|יום נעים|סוף שבוע נעים|בברכה',
  },
  hi: {
    thanks: 'धन्यवाद|बहुत धन्यवाद|बहुत बहुत धन्यवाद|आपका धन्यवाद|आपका बहुत धन्यवाद|शुक्रिया|बहुत शुक्रिया|आभार',
    well: 'ठीक है|बहुत अच्छा|बढ़िया|हाँ|काम कर रहा है|समस्या हल हो गई|हल हो गया|समझ गया|मिल गया',
    polite:
      'नमस्ते|नमस्कार|सुप्रभात|फिर से|एक बार फिर|और|मदद के लिए|आपकी मदद के लिए|सहायता के लिए|आपकी सहायता के लिए|जवाब के लिए|त्वरित जवाब के लिए|शुभ दिन|सादर',
  },
  ja: {
    thanks:
      'ありがとう|ありがとうございます|ありがとうございました|どうもありがとう|どうもありがとうございます|どうもありがとうございました|誠にありがとうございます|感謝します|感謝いたします|感謝申し上げます|御礼申し上げます|助かりました',
    well: '了解|了解です|了解しました|承知しました|わかりました|解決しました|問題は解決しました|問題が解決しました|できました|動きました|完璧です|素晴らしいです|はい',
    polite:
      'こんにちは|おはようございます|お世話になっております|お世話になります|大変|本当に|迅速な対応|ご対応|迅速なご対応|早速のご返信|ご返信|ご回答|ご連絡|早速のご連絡|ご協力|サポート|いただき|頂き|に|を|よろしくお願いします|よろしくお願いいたします|失礼します|失礼いたします',
  },
  zh: {
    thanks:
      '谢谢|谢谢你|谢谢您|谢谢你们|谢谢大家|多谢|非常感谢|十分感谢|感谢|感谢您|感谢你|感谢你们|太感谢了|谢了|謝謝|謝謝你|謝謝您|多謝|非常感謝|感謝|感謝您',
    well: '好|好的|很好|太好了|太棒了|完美|可以了|解决了|问题解决了|已解决|解決了|已解決|明白了|知道了|收到|收到了|是的',
    polite:
      '你好|您好|早上好|下午好|晚上好|再次|万分|您的帮助|你的帮助|你们的帮助|的帮助|您的回复|你的回复|的回复|的支持|您的支持|的快速回复|的及时回复|帮助|回复|了|再见|祝好|祝您愉快|祝你愉快|周末愉快|辛苦了',
  },
  ko: {
    thanks:
      '감사합니다|정말 감사합니다|대단히 감사합니다|너무 감사합니다|감사드립니다|고맙습니다|정말 고맙습니다|고마워요|감사해요|감사',
    well: '네|예|좋아요|좋습니다|완벽합니다|해결됐습니다|해결되었습니다|해결됐어요|알겠습니다|확인했습니다|잘 됩니다|잘 돼요',
    polite:
      '안녕하세요|안녕하십니까|다시 한번|다시 한 번|정말|도움 주셔서|도와주셔서|빠른 답변|빠른 답변 주셔서|답변 주셔서|답변|안녕히 계세요|수고하세요|수고하셨습니다|좋은 하루 되세요|좋은 하루 보내세요|좋은 주말 되세요',
  },
  vi: {
    thanks:
      'cảm ơn|cám ơn|cảm ơn bạn|cảm ơn nhiều|cảm ơn rất nhiều|xin cảm ơn|xin chân thành cảm ơn|cảm ơn anh|cảm ơn chị|cảm ơn các bạn',
    well: 'ok|tốt|tốt lắm|tuyệt vời|hoàn hảo|vâng|đã xong|đã giải quyết|đã hoạt động|đã nhận được',
    polite:
      'xin chào|chào bạn|chào|một lần nữa|nhiều|rất nhiều|và|vì sự giúp đỡ|đã giúp đỡ|đã hỗ trợ|vì đã hỗ trợ|đã trả lời|đã phản hồi|tạm biệt|chúc một ngày tốt lành|trân trọng',
  },
};
