import * as z from 'zod/mini';
import { publicEnv, secretEnv, tableEnv, uploadEnv, uploadHostEnv } from '../_shared/env.ts';

export const env = z.object({ ...tableEnv, ...uploadEnv, ...uploadHostEnv, ...publicEnv, ...secretEnv });
