import * as z from 'zod/mini';
import { secretEnv, tableEnv, uploadHostEnv } from '../_shared/env.ts';

export const env = z.object({ ...tableEnv, ...secretEnv, ...uploadHostEnv });
