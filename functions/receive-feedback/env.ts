import * as z from 'zod/mini';
import { linkEnv, tableEnv } from '../_shared/env.ts';

export const env = z.object({ ...tableEnv, ...linkEnv });
