import type { Brand } from '../contact/brand.ts';
import { PAPER, PAPER_DARK } from '../contact/colours.ts';

/** How many conditional questions a page can open and close by style alone; further ones are always shown. */
export const MOST_BRANCHES = 8;

const branches = Array.from(
  { length: MOST_BRANCHES },
  (_, index) => `fieldset:has(input[data-opens~="${index}"]:checked) .branch[data-branch="${index}"]{display:block}`,
).join('');

/**
 * Arabic script alone, with the joiners within its words: everything else is set in the face of the system. The letters
 * are there at once in whatever face there is, and change when the file has come. It stands first also where pages run
 * from left to right: behind other faces Chromium fetches it and then leaves the letters out.
 */
const ARABIC = 'U+600-6FF,U+750-77F,U+8A0-8FF,U+200C-200E,U+FB50-FDFF,U+FE70-FEFF';

const fontFaces = ({ fonts }: Brand): string =>
  fonts
    .map(
      ({ weight, path }) =>
        `@font-face{font-family:Vazirmatn;font-weight:${weight};font-display:swap;src:url(${path}) format("woff2");unicode-range:${ARABIC}}\n`,
    )
    .join('');

/**
 * Scales of numbers: in one row where there is room, in two on a phone, each as wide as a thumb, 44 px on one of 360. The numbers run
 * in the direction of the page.
 */
const numbersStyle = `.numbers{display:grid;gap:.2rem;grid-template-columns:repeat(var(--few),1fr);margin-inline:-.15rem}
${Array.from({ length: 9 }, (_, index) => index + 3)
  .map((count) => `.n${count}{--few:${count > 6 ? Math.ceil(count / 2) : count};--all:${count}}`)
  .join('')}
.number{position:relative;cursor:pointer}
.number input{position:absolute;inset:0;width:100%;height:100%;margin:0;opacity:0;cursor:pointer}
.number>span{display:grid;place-items:center;min-height:3rem;border:1px solid var(--edge);border-radius:10px;font-size:1.125rem;font-weight:650}
.number:hover>span{background:var(--tint)}
.number input:checked+span{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
.number input:focus-visible+span{outline:3px solid var(--accent);outline-offset:3px}
.ends{display:flex;justify-content:space-between;gap:1.5rem;margin:.6rem 0 0;font-size:.9375rem;line-height:1.45;color:var(--soft)}
.ends :last-child{text-align:end}
@media(min-width:40rem){.numbers{gap:.3rem;grid-template-columns:repeat(var(--all),1fr);margin-inline:0}}
@media(forced-colors:active){.number input:checked+span{outline:3px solid Highlight}}`;

/** Of the knowledge base: lists of articles, and what Markdown becomes. */
const knowledgeStyle = `.langs{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0 0 1.5rem;font-size:.9375rem}
.langs a,.langs span{padding:.3rem 0}
.langs span{font-weight:650}
.trail{font-size:.9375rem;color:var(--soft)}
.trail a,.articles a{display:inline-block;padding:.3rem 0}
.search{margin:0 0 2.5rem}
.search label{display:block;font-weight:650;margin:0 0 .5rem}
.search div{display:flex;flex-wrap:wrap;gap:.75rem}
.search input[type=search]{flex:1 1 14rem;min-width:0;min-height:3.25rem;padding:.5rem 1rem;border:1px solid var(--edge);border-radius:10px;background:var(--paper)}
.articles{list-style:none;margin:0 0 1rem;padding:0}
.articles a{font-weight:600}
.articles p{margin:0 0 1rem}
.shelves{display:grid;gap:1.5rem 2.5rem}
@media(min-width:40rem){.shelves{grid-template-columns:1fr 1fr}}
.shelves h3{margin:0 0 .25rem;font-size:1.0625rem}
.person{margin:2.75rem 0 1.5rem}
.panel h2{margin:0 0 .5rem}
.article{margin:0 0 2rem}
.article h2{margin:2.25rem 0 .75rem}
.article li{margin:0 0 .4rem}
:lang(fa) .article ol{list-style-type:persian}
.article ul,.article ol{margin:0 0 1rem;padding-inline-start:1.5rem}
.article img{display:block;max-width:100%;height:auto;margin:0 0 1.25rem;border-radius:12px}
.article .wide{overflow-x:auto;margin:0 0 1.25rem}
.article table{width:100%;border-collapse:collapse;font-size:.9375rem;line-height:1.5;hyphens:auto}
.article th,.article td{padding:.6rem clamp(.35rem,1.5vw,.75rem);border-bottom:1px solid var(--line);text-align:start;vertical-align:top}
.article th:first-child,.article td:first-child{padding-inline-start:0}
.article code{font:.875em/1.4 ui-monospace,Consolas,monospace;background:var(--tint);border-radius:4px;padding:.1em .35em;unicode-bidi:isolate}
.article pre{overflow-x:auto;padding:1rem;background:var(--tint);border-radius:10px}
.helped{margin:0 0 2.5rem;padding-top:1.5rem;border-top:1px solid var(--line)}
.helped fieldset{margin:0}`;

/**
 * The one style sheet of all pages: constant for a brand, so that its hash can stand in the content security policy.
 * Persian is set in Vazirmatn, which the desk serves: a page that has no Arabic letters never fetches it.
 * A conditional question opens by `:has()` when its answer is chosen; browsers without it show the question always.
 */
export const styleSheet = (brand: Brand): string =>
  `${fontFaces(brand)}:root{color-scheme:light dark;--accent:${brand.accent};--on-accent:#fff;--ground:#eef2f2;--paper:${PAPER};--ink:#1b2a2e;--soft:#4d5f64;--line:#d5dedf;--edge:#6d8086;--tint:#f3f7f7;--bad:#a3262b}
@media(prefers-color-scheme:dark){:root{--accent:${brand.accentDark};--on-accent:#0d1719;--ground:#0f1719;--paper:${PAPER_DARK};--ink:#e8eff0;--soft:#a9babe;--line:#33454a;--edge:#83979d;--tint:#1f2d31;--bad:#ff9d98}}
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:1.0625rem/1.6 Vazirmatn,system-ui,-apple-system,"Segoe UI",Roboto,"Open Sans",sans-serif}
[dir=rtl] body,body[dir=rtl]{font-family:Vazirmatn,Tahoma,"Segoe UI",system-ui,sans-serif;line-height:1.85}
button,input,textarea,select{font:inherit;color:inherit}
.page{max-width:44rem;margin:0 auto;padding:1.5rem 1rem 3rem}
.top{display:flex;align-items:center;gap:.6rem;padding:.25rem .25rem 1rem;font-weight:700;color:var(--accent)}
.top img{display:block;width:auto;height:2rem}
main{background:var(--paper);border:1px solid var(--line);border-radius:16px;padding:clamp(1.5rem,5vw,3rem)}
h1{font-size:clamp(1.6rem,1.2rem + 2vw,2.1rem);line-height:1.25;margin:0 0 .6rem;text-wrap:balance;overflow-wrap:anywhere}
[dir=rtl] h1{line-height:1.5}
h2{font-size:1.2rem;line-height:1.4;margin:2.75rem 0 1rem}
p{margin:0 0 1rem;overflow-wrap:anywhere}
a{color:var(--accent);text-underline-offset:.2em}
footer{padding:1rem .25rem 0;font-size:.9375rem}
footer a{display:inline-block;padding:.3rem 0}
.lead{font-size:1.125rem;color:var(--soft);margin-bottom:2rem}
.small{font-size:.9375rem;color:var(--soft)}
main>:last-child,.panel>:last-child,form>:last-child{margin-bottom:0}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:6px}
fieldset,.question{border:0;margin:0 0 2.25rem;padding:0;min-width:0}
legend,.question>label{display:block;font-weight:650;padding:0;margin:0 0 .75rem;font-size:1.125rem;line-height:1.45}
[dir=rtl] legend,[dir=rtl] .question>label{line-height:1.7;font-weight:700}
.hint{font-weight:400;font-size:.9375rem;color:var(--soft);white-space:nowrap}
.options{display:grid;gap:.625rem}
.option{display:flex;align-items:center;gap:.75rem;min-height:3.25rem;padding:.625rem 1rem;border:1px solid var(--edge);border-radius:10px;cursor:pointer;line-height:1.35}
.option:hover{background:var(--tint)}
.option:has(:checked){background:var(--tint);border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.option:has(:focus-visible){outline:3px solid var(--accent);outline-offset:3px}
.option input{flex:none;width:1.25rem;height:1.25rem;margin:0;accent-color:var(--accent)}
.option input:focus-visible{outline:0}
@media(min-width:40rem){.scale{grid-template-columns:repeat(auto-fit,minmax(6.25rem,1fr))}.scale .option{flex-direction:column;justify-content:flex-start;text-align:center;gap:.5rem;padding:1rem .5rem}.scale strong{display:block;font-size:1.25rem;margin-bottom:.15rem}.pair{grid-template-columns:repeat(2,minmax(0,11rem))}}
textarea{display:block;width:100%;min-height:6.5rem;padding:.75rem 1rem;border:1px solid var(--edge);border-radius:10px;background:var(--paper);line-height:1.6;resize:vertical}
${numbersStyle}
.branch{margin:1.25rem 0 0;padding-inline-start:1.25rem;border-inline-start:3px solid var(--line)}
.branch>:last-child{margin-bottom:0}
@supports selector(:has(*)){.branch[data-branch]{display:none}${branches}}
.button{display:inline-block;min-height:3.25rem;padding:.75rem 1.75rem;border:0;border-radius:10px;background:var(--accent);color:var(--on-accent);font-weight:650;cursor:pointer;text-decoration:none}
.button:hover{filter:brightness(1.08)}
.send{display:flex;flex-wrap:wrap;align-items:center;gap:1rem 1.5rem;margin:0}
.send p{margin:0}
.error{color:var(--bad);font-weight:600;margin:0 0 .75rem}
.problems{border:2px solid var(--bad);border-radius:10px;padding:1rem 1.25rem;margin:0 0 2rem}
.problems h2{margin:0 0 .25rem;font-size:1.0625rem}
.problems ul{margin:0;padding-inline-start:1.25rem}
.panel{background:var(--tint);border-radius:12px;padding:1.25rem 1.5rem;margin:0 0 1.5rem}
.panel strong{font-size:1.125rem}
.steps{display:flex;gap:.5rem;list-style:none;margin:0 0 2rem;padding:0}
.steps li{flex:1;padding-top:.6rem;border-top:4px solid var(--line);font-size:.9375rem;line-height:1.4;color:var(--soft)}
.steps .done{border-color:var(--accent)}
.steps [aria-current]{border-color:var(--accent);color:var(--ink);font-weight:700}
.talk article{margin:0 0 1rem;padding:1.1rem 1.25rem;border:1px solid var(--line);border-radius:12px;scroll-margin-top:1rem}
.talk article:target{border-color:var(--accent);box-shadow:inset 0 0 0 1px var(--accent)}
.talk .theirs{background:var(--tint)}
.talk h2,.talk h3{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem;margin:0 0 .6rem;font-size:1rem;line-height:1.5}
.talk time{font-weight:400;font-size:.9375rem;color:var(--soft)}
.talk article>:last-child{margin-bottom:0}
.talk [dir=auto]{text-align:start}
.talk details{margin:0 0 1rem;color:var(--soft)}
.talk details p{border-inline-start:3px solid var(--line);padding-inline-start:1rem}
summary{width:fit-content;min-height:1.75rem;padding:.15rem 0;cursor:pointer}
details[open]>summary{margin-bottom:.5rem}
.more{display:inline-block;padding:.3rem 0}
.files{list-style:none;margin:0 0 1rem;padding:0}
.files a{display:inline-block;padding:.3rem 0;overflow-wrap:anywhere}
.files .small{white-space:nowrap}
.rated{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 1rem;margin:0;padding-top:.75rem;border-top:1px solid var(--line)}
.rate{padding-top:1rem;border-top:1px solid var(--line)}
.rate fieldset{margin:0 0 1rem}
.rate legend{font-size:1.0625rem}
.four .option{flex:1 1 auto;min-height:2.875rem;padding:.5rem .75rem;background:var(--paper)}
@media(min-width:40rem){.four{display:flex;flex-wrap:wrap}}
.second{min-height:2.75rem;padding:.5rem 1.25rem;background:var(--paper);color:var(--accent);box-shadow:inset 0 0 0 2px var(--accent)}
.notice{border:2px solid var(--accent);border-radius:12px;padding:1rem 1.25rem;margin:0 0 1.75rem;font-weight:600}
.notice p,.panel p:last-child{margin:0}
.notice:focus-visible{outline:0}
#write{margin:0 0 2.75rem;scroll-margin-top:1rem}
#write .question{margin-bottom:1.25rem}
.facts{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin:0 0 1.75rem;color:var(--soft);font-size:.9375rem}
.facts span{overflow-wrap:anywhere}
input:is([type=text],[type=email],[type=tel],[type=search]),select{display:block;width:100%;min-height:3.25rem;padding:.5rem 1rem;border:1px solid var(--edge);border-radius:10px;background:var(--paper)}
select{padding-inline:.75rem}
input[type=file]{max-width:100%}
::file-selector-button{font:inherit;min-height:2.75rem;margin-inline-end:.75rem;padding:.5rem 1.25rem;border:2px solid var(--accent);border-radius:10px;background:var(--paper);color:var(--accent);font-weight:650;cursor:pointer}
#help legend{font-size:1.375rem;margin-bottom:1.1rem}
#help fieldset{padding-bottom:.5rem}
#help fieldset>p{margin-bottom:1.75rem}
:is(input,textarea,select)[aria-invalid=true]{border:2px solid var(--bad)}
form fieldset>.question,.two>.question,details .question{margin-bottom:1.5rem}
form fieldset>.question>label,.two>.question>label,details .question>label,.label{font-size:1.0625rem;font-weight:650;margin-bottom:.4rem}
.question>.small{margin:-.15rem 0 .5rem}
.two{display:grid;gap:0 1.5rem;align-items:end}
@media(min-width:40rem){.two{grid-template-columns:repeat(2,minmax(0,1fr))}}
.languages{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:0 0 1.25rem;font-size:.9375rem}
.languages>*{min-height:1.75rem;padding:.1rem 0;border:0;background:none;line-height:1.5}
.languages button{color:var(--accent);text-decoration:underline;text-underline-offset:.2em;cursor:pointer}
.languages span{font-weight:700}
.more-fields{border:1px solid var(--line);border-radius:12px;padding:.75rem 1.25rem;margin:0 0 2.25rem}
.more-fields summary{font-weight:650}
.more-fields[open] summary{margin-bottom:1rem}
.panel h2,.notice h2{margin:0 0 .5rem;font-size:1.125rem}
.panel ul{margin:0;padding-inline-start:1.25rem}
.panel li{padding:.2rem 0}
.told{margin:0}
.told div+div{margin-top:1rem}
.told dt{color:var(--soft)}
.told dd{margin:0;font-size:1.375rem;line-height:1.4;font-weight:700}
.picker{position:relative;margin:0 0 .75rem}
.picker input{position:absolute;inset:0;width:100%;opacity:0;pointer-events:none}
.picker:focus-within .button{outline:3px solid var(--accent);outline-offset:3px}
[data-held]{margin:0 0 .75rem}
[data-held]:empty{display:none}
iframe{display:block;width:100%;height:18rem;border:1px solid var(--line);border-radius:12px;background:var(--paper)}
.box{background:var(--paper);padding:.75rem 1rem}
.box main{border:0;border-radius:0;padding:0}
.box .question{margin-bottom:1rem}
.held{list-style:none;margin:1rem 0 0;padding:0}
.held li{display:flex;align-items:center;justify-content:space-between;gap:1rem;padding:.35rem 0;border-bottom:1px solid var(--line)}
.held bdi{overflow-wrap:anywhere}
.held .button{min-width:2.75rem;padding:.25rem .75rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
[hidden]{display:none!important}
${knowledgeStyle}
@media(prefers-reduced-motion:no-preference){.option,.button{transition:background-color .15s,border-color .15s,filter .15s}}
@media(forced-colors:active){.option:has(:checked){outline:2px solid Highlight}.button{border:2px solid}.steps [aria-current]{border-color:Highlight}.steps .done{border-color:CanvasText}}
@media print{body,main{background:none}main{border:0;padding:0}form,footer,iframe,.button,.languages,.langs,.trail,.search,.person,.problems,#write,#contact{display:none}}
`;
