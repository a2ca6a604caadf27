import * as z from 'zod/mini';
import { CHANNELS, PRIORITIES } from '../../../domain/ticket/ticket.ts';

/** Pieces that the shapes of several items share. */
export const text = z.string();
export const instant = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/));
export const count = z.number().check(z.int(), z.nonnegative());
export const channel = z.enum(CHANNELS);
export const priority = z.enum(PRIORITIES);
export const tier = z.union([z.literal(1), z.literal(2), z.literal(3)]);
export const surveyKind = z.enum(['csat', 'follow-up']);
export const outcome = z.enum(['recovered', 'not-recovered', 'no-answer']);
export const promiseKind = z.enum(['firstReply', 'nextReply', 'resolution']);
export const maybe = z.exactOptional;
