import { fileTypeFromBuffer } from 'file-type';

/** How much of a file is read to tell what it is. */
export const SNIFFED_BYTES = 4096;

/** What browsers would run or show as a page is only bytes here, whatever it says of itself. */
const ACTIVE = /^(image\/svg\+xml|application\/xhtml\+xml|(text|application)\/(html|xml|javascript|ecmascript))$/;

/**
 * The media type that the beginning of a file shows, never the one it came with. Readable text is `text/plain`, markup and
 * scripts among it; what nothing is known of is `application/octet-stream`.
 */
export const sniffedType = async (head: Uint8Array): Promise<string> => {
  const found = (await fileTypeFromBuffer(head.subarray(0, SNIFFED_BYTES)))?.mime;
  if (found !== undefined) return ACTIVE.test(found) ? OCTETS : found;
  return isText(head) ? 'text/plain' : OCTETS;
};

const OCTETS = 'application/octet-stream';

const isText = (head: Uint8Array): boolean => {
  try {
    // As a stream: the last character may have been cut in two.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: text holds none of these
    return text !== '' && !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text);
  } catch {
    return false;
  }
};
