/** How a target wants its input, as in `AWS::Events::Rule` targets. */
export interface InputChoice {
  Input?: string;
  InputPath?: string;
  InputTransformer?: { InputPathsMap?: Record<string, string>; InputTemplate: string };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The value at a path like `$.detail.items[0].id`; undefined when there is none. */
const atPath = (event: unknown, path: string): unknown => {
  if (path === '$') return event;
  const steps = path.slice(path.startsWith('$.') ? 2 : 1).match(/[^.[\]'"]+/g) ?? [];
  return steps.reduce<unknown>((value, step) => (isObject(value) ? value[step] : undefined), event);
};

const PLACEHOLDER = /"?<([A-Za-z0-9_.-]+)>"?/g;

/** In a template of JSON a placeholder keeps its own quotes and text is escaped; a quoted object is put in as it is. */
const asTemplateText = (value: unknown, quoted: boolean): string => {
  if (value === undefined) return quoted ? '""' : '';
  if (typeof value === 'string') return JSON.stringify(value);
  const json = JSON.stringify(value);
  return quoted && !isObject(value) ? JSON.stringify(json) : json;
};

const fill = (template: string, values: (name: string) => unknown): string => {
  if (!/^\s*[{["]/.test(template)) return template.replace(/<([A-Za-z0-9_.-]+)>/g, (_, name) => plain(values(name)));
  return template.replace(PLACEHOLDER, (whole, name: string, at: number) => {
    const opens = whole.startsWith('"');
    const closes = whole.endsWith('"');
    if (opens && closes) return asTemplateText(values(name), true);
    if (!opens && !closes && !insideString(template, at)) return asTemplateText(values(name), false);
    const inner = JSON.stringify(plain(values(name))).slice(1, -1);
    return `${opens ? '"' : ''}${inner}${closes ? '"' : ''}`;
  });
};

const insideString = (template: string, at: number): boolean =>
  (template.slice(0, at).match(/(?<!\\)"/g) ?? []).length % 2 === 1;

const plain = (value: unknown): string => {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const reserved = (
  event: unknown,
  ruleArn: string,
  ruleName: string,
  ingestionTime: string,
): Record<string, unknown> => ({
  'aws.events.rule-arn': ruleArn,
  'aws.events.rule-name': ruleName,
  'aws.events.event.ingestion-time': ingestionTime,
  'aws.events.event': event,
  'aws.events.event.json': event,
});

/** The body a target receives for an event (EventBridge User Guide, "Input transformation"). */
export const targetInput = (
  event: unknown,
  choice: InputChoice,
  rule: { arn: string; name: string; ingestionTime: string },
): string => {
  if (choice.Input !== undefined) return choice.Input;
  if (choice.InputPath !== undefined) return JSON.stringify(atPath(event, choice.InputPath) ?? null);
  if (!choice.InputTransformer) return JSON.stringify(event);
  const { InputPathsMap = {}, InputTemplate } = choice.InputTransformer;
  const own = reserved(event, rule.arn, rule.name, rule.ingestionTime);
  return fill(InputTemplate, (name) => {
    const path = InputPathsMap[name];
    return path === undefined ? own[name] : atPath(event, path);
  });
};
