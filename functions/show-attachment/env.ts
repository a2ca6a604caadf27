import * as z from 'zod/mini';
import { secretEnv, tableEnv, uploadEnv } from '../_shared/env.ts';

export const env = z.object({ ...tableEnv, ...secretEnv, ...uploadEnv });
