import * as z from 'zod/mini';
import { secretEnv, tableEnv } from '../_shared/env.ts';

export const env = z.object({ ...tableEnv, ...secretEnv, CONFIGURATION_SET: z.string(), DESK_ADDRESS: z.string() });
