import { createSmtpPort } from '../../../local/smtp/smtp-port.ts';
import { aDeskMail } from '../ses/desk-mail.ts';

// A desk's mail port in a process of its own, so that it can be killed: `node receiver.ts <store file>`.
const [, , file = ''] = process.argv;
const desk = await aDeskMail(file);
const port = await createSmtpPort({ kernel: desk.rig.kernel, ses: desk.ses }).listen(0);
process.stdout.write(`${port}\n`);
