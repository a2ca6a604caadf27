import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { oneLine } from '../../domain/contact/phrase.ts';
import type { Letter } from '../../domain/mail/owed.ts';
import { renderMail } from '../../domain/mail/render.ts';
import type { MailLocale } from '../../domain/mail/voice.ts';
import type { Words } from '../_shared/words/words.ts';

/** An owed mail as the bytes that go out. `Message-ID` is left to SES, which writes its own. */
export const compose = async (
  mail: Letter,
  from: string,
  words: Words<MailLocale>,
  now: string,
): Promise<Uint8Array> => {
  const { subject, text, html, headers } = renderMail(mail, words.in(mail.locale), words.brand);
  const { name, email: address } = mail.to;
  return new MailComposer({
    from: { name: words.brand.name, address: from },
    // An encoded word carries a line break through, and a reader's program may print it as one.
    to: name === undefined ? address : { name: oneLine(name), address },
    date: now,
    subject,
    text,
    html,
    headers,
  })
    .compile()
    .build();
};
