import * as z from 'zod/mini';
import { phoneNumber } from '../../../domain/identity/phone.ts';
import { given } from './channel-shapes.ts';

/** A number with its country code, as E.164; apart from other shapes, since the plans of all countries weigh 120 KB. */
export const phone = z.pipe(
  z.pipe(
    given(40),
    z.transform((written: string) => phoneNumber(written) ?? ''),
  ),
  z.string().check(z.minLength(1, 'Is not a telephone number with its country code.')),
);
