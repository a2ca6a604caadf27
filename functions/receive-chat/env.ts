import * as z from 'zod/mini';
import { channelEnv } from '../_shared/channels/channel-door.ts';

export const env = z.object({ ...channelEnv });
