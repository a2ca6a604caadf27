import { mockClient as mocked } from 'aws-sdk-client-mock';
import { onTestFinished } from 'vitest';

/** Answers for every client of a class while the test runs, and not after it: other files of the same worker ask real services. */
export const mockClient: typeof mocked = (client) => {
  const mock = mocked(client);
  onTestFinished(() => mock.restore());
  return mock;
};
