import * as z from 'zod/mini';
import { secretEnv, uploadEnv } from '../_shared/env.ts';

export const env = z.object({ ...uploadEnv, ...secretEnv });
