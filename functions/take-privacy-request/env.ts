import * as z from 'zod/mini';
import { tableEnv, uploadEnv } from '../_shared/env.ts';

export const env = z.object({ ...tableEnv, ...uploadEnv });
