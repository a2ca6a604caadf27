import * as z from 'zod/mini';
import { tableEnv } from '../_shared/env.ts';

export const env = z.object({
  ...tableEnv,
  INTAKE_ARN: z.string(),
  ESCALATION_ARN: z.string(),
  SURVEY_ARN: z.string(),
  REMEDIATION_ARN: z.string(),
  PROMPT_QUEUE_URL: z.string(),
  PATIENT_QUEUE_URL: z.string(),
  TEXT_QUEUE_URL: z.string(),
  ERASURE_QUEUE_URL: z.string(),
  EVENT_BUS_NAME: z.string(),
});
