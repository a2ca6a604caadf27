/** Words that stand in every question and say nothing about it, in the spelling of `plain`. */
const lists: Record<string, string> = {
  en: `a about after all also am an and any are as at be because been before but by can cannot could did do does done don t s
    for from get had has have having he hello help her hey hi him his how i if in into is it its just know like ll me more
    my need no not now of ok on or our out over please problem question re regards said she should since so some still than
    thank thanks that the their them then there these they thing this those to too up us ve very want was we were what when
    where which while who why will with would yes you your dear team support best kind`,
  de: `aber alle als also am an auch auf aus bei beim bin bis bitte da danke dann das dass dem den der des die dies diese
    dieser dieses doch du durch ein eine einem einen einer eines er es euch fur ganz gar gruss grusse guten hab habe haben
    hallo hat hatte herr frau hi ich ihnen ihr ihre ihrem ihren ihrer im in ist ja jetzt kann kein keine keinen konnen
    konnte lg liebe lieber mal man mehr mein meine meinem meinen meiner mich mir mit mfg mussen muss nach nicht noch nun nur
    ob oder schon sehr sein seit sich sie sind so tag und uns unser unsere vielen vom von vor war warum was weil wenn werde
    werden wie wieder will wir wird wo wurde wurden zu zum zur ist hilfe problem frage geehrte geehrter freundlichen freundliche
    grussen team`,
  fa: `از است اند اما ان این ایا با باید باشد بر برای بود بودم به بی پس تا تر چه چرا چون چطور چگونه چند حتی خود خودم را شد
    شده شدم شما من ما مرا می نمی ها های هست هستم هم همه همین و ولی وقتی هر یا یک یه که کرد کرده کردم کند کنم کنید کنیم
    کنند دارم دارد دارید نیست نیستم نشد نمیشود میشود شود سلام لطفا ممنون تشکر خواهش مشکل سوال درود عزیز محترم خیلی بنده
    دیگر باز روی ای هنوز الان فقط`,
};

/** By language. */
export const STOP_WORDS: Record<string, ReadonlySet<string>> = Object.fromEntries(
  Object.entries(lists).map(([locale, words]) => [locale, new Set(words.split(/\s+/))]),
);
