import type { Received } from './receipt-event.ts';
import type { ReceiptAction } from './receipt-rules.ts';

/** Input of SendRawEmail for the delivery status notification of a Bounce action (RFC 3464). */
export const bounceNotice = (
  action: Extract<ReceiptAction, { type: 'Bounce' }>,
  mail: Received,
  recipients: string[],
): Record<string, unknown> => {
  const boundary = `dsn-${mail.messageId}`;
  const statuses = recipients.map((recipient) =>
    [
      `Final-Recipient: rfc822; ${recipient}`,
      'Action: failed',
      `Status: ${action.statusCode}`,
      `Diagnostic-Code: smtp; ${action.smtpReplyCode} ${action.message}`,
    ].join('\r\n'),
  );
  const raw = [
    `From: MAILER-DAEMON <${action.sender}>`,
    `To: ${mail.from}`,
    'Subject: Delivery Status Notification (Failure)',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    `Content-Type: multipart/report; report-type=delivery-status; boundary="${boundary}"`,
    '',
    `--${boundary}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    action.message,
    `--${boundary}`,
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; inbound-smtp.us-east-1.amazonaws.com',
    '',
    ...statuses,
    `--${boundary}--`,
    '',
  ].join('\r\n');
  return {
    Source: action.sender,
    Destinations: [mail.from],
    RawMessage: { Data: Buffer.from(raw) },
  };
};
