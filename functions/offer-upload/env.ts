import * as z from 'zod/mini';
import { publicEnv, secretEnv, uploadEnv, uploadHostEnv } from '../_shared/env.ts';

export const env = z.object({ ...uploadEnv, ...uploadHostEnv, ...publicEnv, ...secretEnv });
