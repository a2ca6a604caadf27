/** Prefix of raw mail in the mail bucket, which expires; the rest of the key is the message id that SES gives. */
export const rawMail = 'in/';

/** Prefix of the files that messages name, which do not expire with the mail they came with. */
export const filesOfMail = 'attachments/';

/** How long raw mail is kept, and with it the list of parked mail (functions/receive-mail/park-mail.ts). */
export const rawMailDays = 90;

/** Files that came by the web. Those that no message names carry the tag `careline: unclaimed`, and expire. */
export const uploads = 'uploads/';
