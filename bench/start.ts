import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { RunningDesk } from '../local/client/running-desk.ts';
import { type Figure, seconds } from './figure.ts';

const run = (file: string): Promise<void> =>
  new Promise((done, broken) => {
    spawn(process.execPath, [file], { stdio: 'ignore' }).once('exit', (code) =>
      code === 0 ? done() : broken(new Error(`${file} ended with ${code}`)),
    );
  });

/** From nothing synthesized or bundled to the ready line; then the whole story. */
export const startAndStory = async (): Promise<Figure[]> => {
  await rm('build', { recursive: true, force: true });
  await rm('cdk.out', { recursive: true, force: true });
  let desk: RunningDesk | undefined;
  const toReady = await seconds(async () => {
    desk = await RunningDesk.start(['--memory']);
  });
  await desk?.stop();
  const story = await seconds(() => run('scripts/story/main.ts'));
  return [
    { what: 'start from nothing to the ready line', value: toReady, unit: 's', target: 15 },
    { what: 'the story, a fortnight of the desk', value: story, unit: 's', target: 30 },
  ];
};
