import { wordList } from './words.ts';

/** What people write when they are content or not, in one language. A word that ends in `*` stands for its beginnings. */
export interface SentimentWords {
  positive: readonly string[];
  negative: readonly string[];
  /** Strong words, which count twice. */
  furious: readonly string[];
  /** Turn the next words round: "not happy". */
  negations: readonly string[];
}

const list = (words: string): string[] => words.trim().split(/\s+/).flatMap(asRead);

/** As `wordList` reads texts, so that umlauts and letters compare. */
const asRead = (word: string): string[] => {
  const star = word.endsWith('*') ? '*' : '';
  return wordList(word).map((read, index, all) => (index === all.length - 1 ? `${read}${star}` : read));
};

/**
 * Words about how somebody feels, not about what is broken: every ticket speaks of errors and failures, and one that does
 * so calmly is neutral.
 */
export const SENTIMENT_WORDS: Readonly<Record<string, SentimentWords>> = {
  en: {
    positive:
      list(`thank thanks thankyou grateful appreciate* great good excellent perfect wonderful awesome amazing love
      loved lovely happy glad pleased pleasure satisfied delighted fantastic superb nice kind friendly helpful brilliant
      works solved recommend impressed easy best better enjoy* splendid cheers`),
    negative: list(`bad worse angry annoy* frustrat* disappoint* upset unhappy unacceptable ridiculous useless rubbish
      poor terrible sad hate hated waste wasted sick tired fed ignored ignoring rude unfriendly incompetent shame
      complain* complaint dissatisf* unprofessional disgusted joke nightmare mess awful painful unreliable cheated lied lying
      fool fooled broke again still never enough cancel refuse* unfair worried concerned desperate regret annoying`),
    furious: list(`worst horrible disgusting disgraceful outrageous scandal* furious scam scammers fraud* thieves theft
      lawyer lawsuit sue pathetic appalling unbelievable livid garbage bullshit shit fuck* damn hell idiots liars`),
    negations: list(
      `not no never hardly isn wasn aren don doesn didn can't cannot cant won without nothing nobody less`,
    ),
  },
  de: {
    positive:
      list(`danke dankeschön dank dankbar toll super gut gute guter gutes prima klasse perfekt wunderbar freundlich*
      hilfreich zufrieden* froh freue freut glücklich lob begeistert empfehle* schnell gelöst funktioniert ausgezeichnet
      großartig nett nette netter hervorragend spitze schön bestens genial liebe angenehm`),
    negative:
      list(`schlecht* ärger* verärgert enttäusch* unzufrieden* frust* unzumutbar unverschämt* unmöglich lächerlich
      nervt nervig genervt sauer unfreundlich inkompetent traurig leider mies miese mieser zumutung ignoriert peinlich
      beschwer* reklamation unfassbar unprofessionell katastroph* chaos verzweifelt kündigen kündige müll unverständlich
      unakzeptabel inakzeptabel bedauer* hasse satt besorgt unseriös geärgert immernoch dauernd schlimm`),
    furious:
      list(`schlimmste wütend skandal* betrug* betrüger* abzocke anwalt rechtsanwalt klage* anzeige frechheit scheiß*
      verarscht idiot* unterirdisch empörend empört unerhört saftladen dreist*`),
    negations: list(`nicht kein keine keinen keiner nie niemals ohne nichts niemand kaum weder`),
  },
  fa: {
    positive: list(`ممنون ممنونم متشکر متشکرم سپاس سپاسگزار سپاسگزارم تشکر عالی خوب خوبی خوشحال خوشحالم راضی راضیم
      مفید مهربان بهترین فوقالعاده قشنگ لطف لذت مرسی دمتون آفرین پیشنهاد`),
    negative:
      list(`بد بدتر ناراحت ناراحتم ناراضی ناراضیم عصبانی عصبانیم متاسفانه متأسفانه ناامید ناامیدکننده افتضاح خسته خستم شکایت
      بیاحترامی بیفایده بیخود مسخره ضعیف ضعیفی نگران نگرانم اعتراض کلافه گلایه بیادب تاسف تأسف شاکی شاکیم مزخرف
      بیتوجهی بیکیفیت هنوز`),
    furious: list(`افتضاح بدترین کلاهبردار* کلاهبرداری دزد دزدی دزدید وکیل دادگاه فاجعه لعنت* فریب خجالت شرم عوضی`),
    negations: list(`نیست نیستم نیستیم نبود نبودم نه بدون هیچ اصلا نمی`),
  },
};
