import { createHash } from 'node:crypto';

/** A message attribute as it is stored: text, or bytes in base64. */
export interface MessageAttribute {
  DataType: string;
  StringValue?: string;
  BinaryValue?: string;
}

export type MessageAttributes = Record<string, MessageAttribute>;

export const md5 = (data: string | Buffer): string => createHash('md5').update(data).digest('hex');

const withLength = (bytes: Buffer): Buffer[] => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return [length, bytes];
};

const valueBytes = (attribute: MessageAttribute): Buffer =>
  attribute.BinaryValue === undefined
    ? Buffer.from(attribute.StringValue ?? '')
    : Buffer.from(attribute.BinaryValue, 'base64');

/**
 * The digest an SDK compares (SQS developer guide, "Calculating the MD5 message digest for message attributes"): by name,
 * each of name, data type and value with its length before it, and a byte for text (1) or bytes (2) before the value.
 */
export const md5OfAttributes = (attributes: MessageAttributes): string | undefined => {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const attribute = attributes[name];
    if (attribute === undefined) return [];
    return [
      ...withLength(Buffer.from(name)),
      ...withLength(Buffer.from(attribute.DataType)),
      Buffer.from([attribute.BinaryValue === undefined ? 1 : 2]),
      ...withLength(valueBytes(attribute)),
    ];
  });
  return md5(Buffer.concat(parts));
};

/** Bytes that count toward the size limit: the body and each attribute's name, type and value. */
export const messageSize = (body: string, attributes: MessageAttributes): number =>
  Object.entries(attributes).reduce(
    (size, [name, attribute]) =>
      size + Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType) + valueBytes(attribute).length,
    Buffer.byteLength(body),
  );
