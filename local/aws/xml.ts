const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

const carriedByXml = (character: string): boolean => {
  const code = character.charCodeAt(0);
  return code >= 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
};

/** Text made safe for XML; control characters that XML 1.0 cannot carry are left out. */
export const escapeXml = (text: string): string =>
  Array.from(text)
    .filter(carriedByXml)
    .join('')
    .replace(/[&<>"\r]/g, (found) => ENTITIES[found] ?? found);

const scalar = (value: unknown): string => {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return escapeXml(String(value));
};

/**
 * A value as the AWS Query protocol writes it: lists in `<member>`, a `Map` in `<entry><key/><value/></entry>`, objects
 * as structures; null and undefined are left out (Smithy, "AWS query protocol", XML shape serialization).
 */
export const xmlElement = (name: string, value: unknown): string => {
  if (value === undefined || value === null) return '';
  return `<${name}>${xmlContent(value)}</${name}>`;
};

const xmlContent = (value: unknown): string => {
  if (Array.isArray(value)) return value.map((item) => xmlElement('member', item)).join('');
  if (value instanceof Map) {
    return [...value]
      .map(([key, item]) => `<entry>${xmlElement('key', String(key))}${xmlElement('value', item)}</entry>`)
      .join('');
  }
  if (typeof value === 'object' && value !== null && !(value instanceof Date) && !(value instanceof Uint8Array)) {
    return Object.entries(value)
      .map(([key, member]) => xmlElement(key, member))
      .join('');
  }
  return scalar(value);
};
