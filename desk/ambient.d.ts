/**
 * The compiled desk files, typed without being there: `compileDesk` writes them before anything is bundled, so sources
 * type-check on a fresh clone.
 */
declare module '#desk/policy.json' {
  const policy: import('../domain/policy.ts').Policy;
  export default policy;
}
/** Names of the team, by id. */
declare module '#desk/names.json' {
  const names: Record<string, string>;
  export default names;
}
declare module '#desk/team.json' {
  const team: import('../domain/policy.ts').Agent[];
  export default team;
}
declare module '#desk/categories.json' {
  const categories: import('../domain/policy.ts').Category[];
  export default categories;
}
/** The scored questions as mails show them, by language and survey. */
declare module '#desk/asked.json' {
  const asked: Record<string, Record<string, import('../domain/contact/words.ts').ScoredQuestion>>;
  export default asked;
}
/** Who is sent which survey, row by row. */
declare module '#desk/sending.json' {
  const sending: import('../domain/survey/choose.ts').Sending;
  export default sending;
}
/** The present ones, those sent to everybody first, and behind them earlier versions that a link may still ask for. */
declare module '#desk/surveys.json' {
  const surveys: import('../domain/survey/survey.ts').SurveyDefinition[];
  export default surveys;
}
/** Those of them that are about a ticket. */
declare module '#desk/ticket-surveys.json' {
  const surveys: import('../domain/survey/survey.ts').SurveyDefinition[];
  export default surveys;
}
declare module '#desk/reply-rating.json' {
  const scale: import('../domain/rating/reply-rating.ts').ReplyScale;
  export default scale;
}
/** The search index of each language, as text. */
declare module '#desk/knowledge/index.json' {
  const index: import('../domain/knowledge/article.ts').KnowledgeIndex;
  export default index;
}
declare module '#desk/knowledge/articles.json' {
  const articles: import('../domain/knowledge/article.ts').Article[];
  export default articles;
}
/** The same without their text. */
declare module '#desk/knowledge/catalogue.json' {
  const catalogue: import('../domain/knowledge/article.ts').ArticleCard[];
  export default catalogue;
}
declare module '#desk/checklists.json' {
  const checklists: import('../domain/help/checklist.ts').Checklist[];
  export default checklists;
}
declare module '#desk/templates.json' {
  const templates: import('../domain/help/reply-template.ts').ReplyTemplate[];
  export default templates;
}
declare module '#desk/brand.json' {
  const brand: import('../domain/contact/brand.ts').Brand;
  export default brand;
}
/** The files of pages, by name. */
declare module '#desk/assets.json' {
  const assets: Record<string, import('../domain/contact/brand.ts').Asset>;
  export default assets;
}
/** What there is to know of each language, by its code. */
declare module '#desk/languages.json' {
  const languages: Record<string, import('../domain/contact/words.ts').Language>;
  export default languages;
}
declare module '#desk/words/common.json' {
  const words: import('../domain/contact/words.ts').GroupWords<'common'>;
  export default words;
}
declare module '#desk/words/feedback.json' {
  const words: import('../domain/contact/words.ts').GroupWords<'feedback'>;
  export default words;
}
declare module '#desk/words/help.json' {
  const words: import('../domain/contact/words.ts').GroupWords<'help'>;
  export default words;
}
declare module '#desk/words/identity.json' {
  const words: import('../domain/contact/words.ts').GroupWords<'identity'>;
  export default words;
}
declare module '#desk/words/kb.json' {
  const words: import('../domain/contact/words.ts').GroupWords<'kb'>;
  export default words;
}
declare module '#desk/words/mail.json' {
  const words: import('../domain/contact/words.ts').GroupWords<'mail'>;
  export default words;
}
declare module '#desk/words/notice.json' {
  const words: import('../domain/contact/words.ts').GroupWords<'notice'>;
  export default words;
}
declare module '#desk/words/problem.json' {
  const words: import('../domain/contact/words.ts').GroupWords<'problem'>;
  export default words;
}
declare module '#desk/words/promise.json' {
  const words: import('../domain/contact/words.ts').GroupWords<'promise'>;
  export default words;
}
declare module '#desk/words/rating.json' {
  const words: import('../domain/contact/words.ts').GroupWords<'rating'>;
  export default words;
}
declare module '#desk/words/survey.json' {
  const words: import('../domain/contact/words.ts').GroupWords<'survey'>;
  export default words;
}
declare module '#desk/words/thanks.json' {
  const words: import('../domain/contact/words.ts').GroupWords<'thanks'>;
  export default words;
}
declare module '#desk/words/ticket.json' {
  const words: import('../domain/contact/words.ts').GroupWords<'ticket'>;
  export default words;
}
declare module '#desk/words/time.json' {
  const words: import('../domain/contact/words.ts').GroupWords<'time'>;
  export default words;
}
declare module '#desk/words/unsubscribe.json' {
  const words: import('../domain/contact/words.ts').GroupWords<'unsubscribe'>;
  export default words;
}
declare module '#desk/words/upload.json' {
  const words: import('../domain/contact/words.ts').GroupWords<'upload'>;
  export default words;
}
/** Written by functions/show-contract/write.ts. */
declare module '#desk/openapi.json' {
  const contract: object;
  export default contract;
}
