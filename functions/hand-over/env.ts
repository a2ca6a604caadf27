import * as z from 'zod/mini';
import { tableEnv } from '../_shared/env.ts';

export const env = z.object({ ...tableEnv });
