import * as z from 'zod/mini';
import { linkEnv, tableEnv, uploadEnv } from '../_shared/env.ts';

export const env = z.object({ ...tableEnv, ...linkEnv, ...uploadEnv });
