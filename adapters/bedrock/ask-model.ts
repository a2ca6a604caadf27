import { randomBytes } from 'node:crypto';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import * as z from 'zod/mini';
import { durationMs } from '../../domain/clock/duration.ts';
import type { Policy } from '../../domain/policy.ts';
import type { AskModel } from '../../domain/triage/model-opinion.ts';

/** The model answered, but not by the one tool it was given, or not in its shape. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** The tool through which a model answers: its schema leaves it no other words than the categories. */
const TOOL = 'sort';

const answer = (categories: readonly string[]) =>
  z.strictObject({ category: z.enum(categories), confidence: z.number().check(z.gte(0), z.lte(1)) });

/** The model the policy names; nothing when it says `off`, and then no code of it is loaded. */
export const modelOnBedrock = ({ triage: { model } }: Policy, client?: BedrockRuntimeClient): AskModel | undefined => {
  if (model.use === 'off') return undefined;
  const timeout = durationMs(model.timeout);
  return async ({ instructions, data, categories }) => {
    const { BedrockRuntimeClient, ConverseCommand } = await import('@aws-sdk/client-bedrock-runtime');
    // One attempt: the customer's acknowledgement waits, and the rules stand ready.
    const runtime = client ?? new BedrockRuntimeClient({ maxAttempts: 1 });
    const { output } = await runtime.send(
      new ConverseCommand({
        modelId: model.id,
        system: [{ text: instructions }],
        messages: [{ role: 'user', content: [{ text: data }] }],
        inferenceConfig: { maxTokens: 100, temperature: 0 },
        toolConfig: {
          tools: [
            {
              toolSpec: {
                name: TOOL,
                description: 'Sorts the message.',
                inputSchema: {
                  json: {
                    type: 'object',
                    properties: {
                      category: { type: 'string', enum: [...categories] },
                      confidence: { type: 'number', minimum: 0, maximum: 1 },
                    },
                    required: ['category', 'confidence'],
                    additionalProperties: false,
                  },
                },
              },
            },
          ],
          toolChoice: { tool: { name: TOOL } },
        },
      }),
      { abortSignal: AbortSignal.timeout(timeout) },
    );
    const used = output?.message?.content?.find(({ toolUse }) => toolUse?.name === TOOL)?.toolUse;
    const read = answer(categories).safeParse(used?.input);
    if (!read.success) throw new NoAnswer(`${model.id} did not answer in the shape it was given.`);
    return read.data;
  };
};

/** A random mark to set around a stranger's text, which its writer cannot have guessed. */
export const aMark = (): string => `text-${randomBytes(9).toString('hex')}`;
