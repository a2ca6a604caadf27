import { BedrockRuntimeClient, ConverseCommand, ThrottlingException } from '@aws-sdk/client-bedrock-runtime';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { aMark, modelOnBedrock, NoAnswer } from '../../adapters/bedrock/ask-model.ts';
import { aPolicy } from '../support/builders.ts';

const bedrock = mockClient(BedrockRuntimeClient);
afterAll(() => bedrock.restore());
beforeEach(() => bedrock.reset());

const off = aPolicy();
const policy = aPolicy({
  triage: { ...off.triage, model: { use: 'bedrock', id: 'eu.a-model', confidence: 0.7, timeout: 'PT4S' } },
});
const question = { instructions: 'Sort it.', data: '<m>Hello</m>', categories: ['payment', 'other'] };
const client = new BedrockRuntimeClient({ region: 'eu-central-1' });

const ask = () => {
  const model = modelOnBedrock(policy, client);
  if (model === undefined) throw new Error('The policy names a model.');
  return model(question);
};

const answers = (input: unknown, name = 'sort') =>
  bedrock.on(ConverseCommand).resolves({
    output: { message: { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name, input: input as never } }] } },
  });

describe('a model on Bedrock', () => {
  test('is not there when the policy says off', () => {
    expect(modelOnBedrock(off, client)).toBeUndefined();
  });

  test('is asked once, with the text as data and the categories as the only answers', async () => {
    answers({ category: 'payment', confidence: 0.9 });

    const said = await ask();

    const [call] = bedrock.commandCalls(ConverseCommand);
    expect(said).toEqual({ category: 'payment', confidence: 0.9 });
    expect(call?.args[0].input).toMatchObject({
      modelId: 'eu.a-model',
      system: [{ text: 'Sort it.' }],
      messages: [{ role: 'user', content: [{ text: '<m>Hello</m>' }] }],
      toolConfig: {
        tools: [{ toolSpec: { inputSchema: { json: { properties: { category: { enum: ['payment', 'other'] } } } } } }],
        toolChoice: { tool: { name: 'sort' } },
      },
    });
    expect(call?.args.at(1)).toMatchObject({ abortSignal: expect.any(AbortSignal) });
  });

  test.each([
    ['another category', { category: 'root', confidence: 0.9 }],
    ['more than was asked', { category: 'payment', confidence: 0.9, run: 'rm' }],
    ['a confidence above one', { category: 'payment', confidence: 2 }],
    ['words', 'payment'],
  ])('that answers %s gave no answer', async (_, input) => {
    answers(input);

    await expect(ask()).rejects.toBeInstanceOf(NoAnswer);
  });

  test('that talks instead of answering, or uses another tool, gave no answer', async () => {
    answers({ category: 'payment', confidence: 0.9 }, 'other');
    await expect(ask()).rejects.toBeInstanceOf(NoAnswer);

    bedrock
      .on(ConverseCommand)
      .resolves({ output: { message: { role: 'assistant', content: [{ text: 'payment' }] } } });
    await expect(ask()).rejects.toBeInstanceOf(NoAnswer);
  });

  test('that is busy throws by its name', async () => {
    bedrock.on(ConverseCommand).rejects(new ThrottlingException({ message: 'slow', $metadata: {} }));

    await expect(ask()).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  test('marks each question anew', () => {
    expect(new Set(Array.from({ length: 100 }, aMark)).size).toBe(100);
  });
});
