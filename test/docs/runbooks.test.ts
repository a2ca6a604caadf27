import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Bundles } from '../../infra/bundling/bundles.ts';
import { carelineStage } from '../../infra/stage.ts';
import { standInFunctions, temporaryFolder, workflowsDir } from '../infra/support/stand-ins.ts';
import { Templates } from '../infra/support/template.ts';
import { brokenLinks, pages, repository } from './markdown.ts';

const folder = temporaryFolder();
const shared = 'docs/runbooks/README.md';
const ours = pages();
const runbooks = ours.filter(({ path }) => path.startsWith('docs/runbooks/'));
const ofAlarms = runbooks.filter(({ path }) => path !== shared);
let templates: Templates;

beforeAll(async () => {
  const bundles = await Bundles.of(standInFunctions(folder.path), join(folder.path, 'bundles'));
  templates = new Templates(carelineStage({ bundles, workflowsDir, outdir: join(folder.path, 'cdk.out') }));
});

afterAll(() => folder.remove());

/** What each alarm says, by the page it names. */
const harms = (): Map<string, string[]> => {
  const said = templates.of('AWS::CloudWatch::Alarm').map(({ id, properties }) => {
    const description = String(properties.AlarmDescription ?? '');
    const [, harm, path] = /^(.+) Runbook: (\S+)$/.exec(description) ?? [];
    if (harm === undefined || path === undefined) throw new Error(`The alarm ${id} names no runbook: ${description}`);
    return { harm, path };
  });
  return new Map([...Map.groupBy(said, ({ path }) => path)].map(([path, all]) => [path, all.map(({ harm }) => harm)]));
};

describe('the runbooks', () => {
  test('are there for every alarm, and each belongs to an alarm', () => {
    expect(ofAlarms.map(({ path }) => path)).toEqual([...harms().keys()].sort());
  });

  test('bear their name, and say who is harmed in the words of the alarm', () => {
    for (const { path, text } of ofAlarms) {
      const [, harm] = /^\*\*Harm\.\*\* (.+)$/m.exec(text) ?? [];

      expect(text.split('\n')[0], path).toBe(`# ${basename(path, '.md')}`);
      expect(harms().get(path), path).toContain(harm);
    }
  });

  test('say what is counted, where to look, what to do, when it is over and what needs no action', () => {
    for (const { path, text } of ofAlarms) {
      expect(text, path).toMatch(/^\*\*What the alarms? counts?\.\*\*/m);
      for (const part of ['Look first', 'Usual causes', 'Repair', 'Over when', 'Heals by itself']) {
        expect(text, path).toContain(`**${part}`);
      }
    }
  });

  test('name only resources of the template', () => {
    const kinds: Record<string, string> = {
      fn: 'AWS::Lambda::Function',
      invoke: 'AWS::Lambda::Function',
      queue: 'AWS::SQS::Queue',
      log: 'AWS::Logs::LogGroup',
      machine: 'AWS::StepFunctions::StateMachine',
    };
    const wrong = runbooks.flatMap(({ path, text }) =>
      [...text.matchAll(/(?<![\w-])(fn|invoke|queue|log|machine) ([A-Z][A-Za-z]+)\b/g)]
        .filter(([, helper = '', name = '']) => {
          const ids = templates.of(kinds[helper] ?? '').map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''));
          return !ids.includes(name);
        })
        .map(([words]) => `${path}: ${words}`),
    );

    expect(wrong).toEqual([]);
  });

  test('lead from every route of the API to the log of its function', () => {
    const page = readFileSync(join(repository, 'docs/runbooks/public-api.md'), 'utf8').split('\n');
    const integrations = new Map(templates.of('AWS::ApiGatewayV2::Integration').map(({ id, whole }) => [id, whole]));
    const functions = templates.of('AWS::Lambda::Function').map(({ id }) => id);
    const namedIn = (thing: unknown, ids: Iterable<string>): string =>
      [...ids].find((id) => JSON.stringify(thing).includes(`"${id}"`)) ?? 'none';
    const missing = templates.of('AWS::ApiGatewayV2::Route').filter(({ properties }) => {
      const handler = namedIn(integrations.get(namedIn(properties.Target, integrations.keys())), functions);
      const log = `\`log ${handler.slice(0, -8)}Log\``;
      const row = handler.startsWith('TeamDeskApi') ? 'every other `/desk/…`' : `\`${properties.RouteKey}\``;
      return !page.some((line) => line.includes(row) && line.includes(log));
    });

    expect(missing.map(({ properties }) => properties.RouteKey)).toEqual([]);
  });

  test('ask the logs for lines that a function writes', () => {
    const sources = globSync('functions/**/*.ts', { cwd: repository })
      .map((path) => readFileSync(join(repository, path), 'utf8'))
      .join('\n');
    const asked = runbooks.flatMap(({ text }) =>
      [...text.matchAll(/message = "([^"]+)"/g)].map(([, line = '']) => line),
    );

    expect(asked.length).toBeGreaterThan(4);
    for (const line of asked) expect(sources).toContain(`'${line}'`);
  });

  test('speak of states that a workflow has', () => {
    const states = new Set(
      globSync('*.asl.json', { cwd: workflowsDir }).flatMap((file) =>
        Object.keys(JSON.parse(readFileSync(join(workflowsDir, file), 'utf8')).States),
      ),
    );
    const named = ofAlarms.flatMap(({ path, text }) =>
      [...text.matchAll(/details\.name = "([^"]+)"/g)].map(([, name = '']) => ({ path, name })),
    );

    expect(named.length).toBeGreaterThan(0);
    for (const { path, name } of named) expect(states, path).toContain(name);
  });
});

describe('the pages', () => {
  test('lead only to places that exist', () => {
    expect(ours.map(({ path }) => path)).toContain('workflows/README.md');
    expect(ours.flatMap(brokenLinks)).toEqual([]);
  });

  test('are held to that by a check that sees a missing file, a missing heading and a way out of the repository', () => {
    const text =
      '# One\n[a](README.md#setting-up) [b](gone.md) [c](#one) [d](#two) [e](../../../x) [f](https://x.test)';

    expect(brokenLinks({ path: shared, text })).toEqual([
      `${shared} → gone.md`,
      `${shared} → #one`,
      `${shared} → #two`,
      `${shared} → ../../../x`,
    ]);
  });
});
