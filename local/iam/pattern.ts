/** Whether the text fits a pattern of IAM, where `*` is any text and `?` any one character. */
export const matchesPattern = (text: string, pattern: string): boolean => {
  if (pattern === '*') return true;
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
};
