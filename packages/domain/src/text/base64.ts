const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** The bytes of padded base64 in which there may be white space, or null if it is not that, or is empty. */
export function decodeBase64(text: string): Buffer | null {
  const compact = text.replace(/[ \t\r\n]+/g, '');
  if (compact.length === 0 || compact.length % 4 !== 0 || !BASE64.test(compact)) return null;
  return Buffer.from(compact, 'base64');
}
