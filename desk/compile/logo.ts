import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';

/** A picture that pages may show. */
export interface LogoFile {
  bytes: Buffer;
  ending: 'svg' | 'png';
  type: 'image/svg+xml' | 'image/png';
  /** Width by height. */
  ratio: number;
}

/** It is fetched on the first view of every customer, over poor connections too. */
const LARGEST = 20_000;
/** Beyond this it is a banner, and leaves no room for the name on a phone. */
const WIDEST = 6;

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Reads and checks a picture of brand.yaml; undefined when it cannot be shown, which `wrong` is told. */
export const readLogo = async (
  path: string,
  name: string,
  wrong: (what: string) => void,
): Promise<LogoFile | undefined> => {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) {
    wrong(`there is no file desk/${name}; put the picture there`);
    return undefined;
  }
  if (bytes.length > LARGEST) {
    wrong(`${name} has ${bytes.length} bytes, ${LARGEST} are allowed; make it smaller or draw it as SVG`);
    return undefined;
  }
  const found = bytes.subarray(0, PNG.length).equals(PNG) ? pngOf(bytes) : svgOf(bytes.toString('utf8'), name, wrong);
  if (found === undefined) return undefined;
  if (extname(name) !== `.${found.ending}`) {
    wrong(`${name} is ${found.ending.toUpperCase()} by what is in it; name it so`);
    return undefined;
  }
  if (found.ratio > WIDEST || found.ratio < 1 / WIDEST) {
    wrong(
      `${name} is ${found.ratio.toFixed(1)} times as wide as high; at most ${WIDEST} times fits the head of a page`,
    );
    return undefined;
  }
  return { bytes, ...found };
};

type Found = Pick<LogoFile, 'ending' | 'type' | 'ratio'>;

const pngOf = (bytes: Buffer): Found => ({
  ending: 'png',
  type: 'image/png',
  // IHDR is the first chunk: width and height stand at 16 and 20.
  ratio: bytes.readUInt32BE(16) / bytes.readUInt32BE(20),
});

/** Shapes and their colours. Whatever else SVG knows can run, move, or ask somebody for something. */
const ELEMENTS = new Set(
  'svg g defs title desc path rect circle ellipse line polyline polygon text tspan linearGradient radialGradient stop clipPath mask symbol use'.split(
    ' ',
  ),
);

const xml = new XMLParser({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '' });
type Node = { ':@'?: Record<string, unknown> | undefined } & Record<string, unknown>;
const nodes: z.ZodType<Node[]> = z.array(z.looseObject({ ':@': z.record(z.string(), z.unknown()).optional() }));

const svgOf = (text: string, name: string, wrong: (what: string) => void): Found | undefined => {
  if (XMLValidator.validate(text) !== true) {
    wrong(`${name} is neither a PNG nor an SVG; save it as one of these`);
    return undefined;
  }
  const refusal = /<!DOCTYPE|<!ENTITY/i.test(text)
    ? 'declares entities'
    : firstRefused(nodes.parse(xml.parse(text)).filter((node) => !('?xml' in node)));
  if (refusal !== undefined) {
    wrong(`${name} ${refusal}; save it as plain SVG of shapes alone`);
    return undefined;
  }
  const root = nodes.parse(xml.parse(text)).find((node) => 'svg' in node);
  const ratio = ratioOf(root?.[':@'] ?? {});
  if (ratio === undefined) {
    wrong(`${name} does not say how wide and high it is; give its <svg> a viewBox`);
    return undefined;
  }
  return { ending: 'svg', type: 'image/svg+xml', ratio };
};

/** What is wrong with the first part that may not be there. */
const firstRefused = (parts: readonly Node[]): string | undefined => {
  for (const part of parts) {
    const element = Object.keys(part).find((key) => key !== ':@') ?? '';
    if (element === '#text') continue;
    if (!ELEMENTS.has(element)) return `has <${element}>`;
    for (const [attribute, value] of Object.entries(part[':@'] ?? {}))
      if (isRefused(attribute, String(value))) return `has ${attribute}="${String(value).slice(0, 40)}"`;
    const inside = firstRefused(nodes.parse(part[element]));
    if (inside !== undefined) return inside;
  }
  return undefined;
};

/** A reference has to stay within the picture; a handler has no place in it. */
const isRefused = (attribute: string, value: string): boolean =>
  /^on/i.test(attribute) ||
  (/(^|:)href$/i.test(attribute) && !value.startsWith('#')) ||
  /url\(\s*(?!['"]?#)/i.test(value) ||
  /&/.test(value);

const ratioOf = (attributes: Record<string, unknown>): number | undefined => {
  const box = String(attributes.viewBox ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [width, height] = box.length === 4 ? box.slice(2) : [attributes.width, attributes.height].map(lengthOf);
  return width !== undefined && height !== undefined && width > 0 && height > 0 ? width / height : undefined;
};

/** `40` or `40px`; other units say nothing of a ratio with certainty. */
const lengthOf = (value: unknown): number => Number(String(value ?? '').replace(/px$/, ''));
