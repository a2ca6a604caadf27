import { headerOf } from './mail-headers.ts';

/** The automatic answer that the simulator's `ooto` address sends back (RFC 3834). */
export const outOfOffice = (sent: Buffer, from: string, to: string): Buffer => {
  const id = headerOf(sent, 'message-id') ?? '';
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: Out of office: ${headerOf(sent, 'subject') ?? ''}`,
    `In-Reply-To: ${id}`,
    `References: ${id}`,
    `Message-ID: <ooto-${id.replace(/[<>]/g, '')}>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'I am out of the office.',
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
};
