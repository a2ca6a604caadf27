import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { FILE_WAITS } from '../../../domain/contact/upload.ts';
import { SECOND } from '../../../domain/support/time.ts';

/** A file of a box, by the cookie that carries its receipt. */
export interface BoxedReceipt {
  slot: number;
  receipt: string;
}

/**
 * The receipts of a form's box. Where no script runs, no page can write into another: the frame that takes the files
 * leaves their receipts as cookies, which the browser sends along with the form.
 */
export const receiptsInBox = ({ cookies = [] }: Pick<APIGatewayProxyEventV2, 'cookies'>, box: string): BoxedReceipt[] =>
  cookies.flatMap((cookie) => {
    const [name = '', receipt = ''] = cookie.split('=', 2);
    const [kind, of, slot] = name.split('.');
    return kind === KIND && of === box && slot !== undefined && /^\d{1,2}$/.test(slot)
      ? [{ slot: Number(slot), receipt }]
      : [];
  });

const KIND = 'file';

/** API Gateway takes 10,240 bytes of headers; so many may be cookies of files. */
export const MOST_COOKIE_BYTES = 6000;

/** A `Set-Cookie` that keeps a receipt as long as it is good for anything; without a receipt it takes the cookie back. */
export const fileCookie = (box: string, slot: number, receipt: string | undefined, publicUrl: string): string =>
  [
    `${KIND}.${box}.${slot}=${receipt ?? ''}`,
    'Path=/',
    `Max-Age=${receipt === undefined ? 0 : FILE_WAITS / SECOND}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(publicUrl.startsWith('https:') ? ['Secure'] : []),
  ].join('; ');
