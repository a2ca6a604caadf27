import { XMLParser } from 'fast-xml-parser';
import * as z from 'zod/mini';
import { AwsError } from '../aws/contract.ts';
import { escapeXml } from '../aws/xml.ts';

const MOST_TAGS = 10;
const tag = z.object({
  Key: z.string().check(z.minLength(1), z.maxLength(128)),
  Value: z.string().check(z.maxLength(256)),
});
const document = z.object({
  Tagging: z.object({ TagSet: z.union([z.object({ Tag: z.array(tag) }), z.literal('')]) }),
});

const parser = new XMLParser({ parseTagValue: false, trimValues: true, isArray: (name) => name === 'Tag' });

/** `<Tagging><TagSet><Tag><Key>…`: tags by name. Throws MalformedXML. */
export const readTagging = (xml: string): Record<string, string> => {
  const read = document.safeParse(parser.parse(xml));
  if (!read.success) throw new AwsError('MalformedXML', 'The XML you provided was not well-formed', 400);
  const { TagSet } = read.data.Tagging;
  const tags = TagSet === '' ? [] : TagSet.Tag;
  if (tags.length > MOST_TAGS) throw new AwsError('BadRequest', `Object tags cannot be greater than ${MOST_TAGS}`, 400);
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
};

/** The content of a `Tagging` element. */
export const tagSet = (tags: Record<string, string>): string =>
  `<TagSet>${Object.entries(tags)
    .map(([key, value]) => `<Tag><Key>${escapeXml(key)}</Key><Value>${escapeXml(value)}</Value></Tag>`)
    .join('')}</TagSet>`;
