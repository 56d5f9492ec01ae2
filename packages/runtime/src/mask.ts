const HIDDEN = '***';
// user:password@ with or without a scheme; the password ends at the last @ before a space, quote, ? or #.
const URL_PASSWORD = /(^|[\s"'(=,]|\/\/)([^\s/?#:@"'(=,]*):(?!\/\/)([^\s?#"']*)@/g;
const QUERY_SECRET = /([?&](?:[a-z_]*password|[a-z_]*token|[a-z_]*secret|api_?key)=)[^&\s"'#]*/gi;
const SECRET_NAME =
  /passw|secret|token|authori[sz]ation|cookie|credential|^key$|(?:api|private|access|signing)[-_]?key/i;

/** Whether a field of this name holds something that must not be shown. */
function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** The text with the passwords of its URLs, and secrets in their queries, replaced by `***`. */
export function maskUrls(text: string): string {
  return text.replace(URL_PASSWORD, `$1$2:${HIDDEN}@`).replace(QUERY_SECRET, `$1${HIDDEN}`);
}

/** A copy fit for logs: fields with secret names and credentials inside URLs replaced, at any depth. */
export function maskDeep(value: unknown, seen: ReadonlySet<object> = new Set()): unknown {
  if (typeof value === 'string') return maskUrls(value);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (seen.has(value)) return '[circular]';
  const path = new Set(seen).add(value);
  if (value instanceof Error) return maskDeep(errorFields(value), path);
  if (Array.isArray(value)) return value.map((item) => maskDeep(item, path));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, isSecretName(name) ? HIDDEN : maskDeep(item, path)]),
  );
}

function errorFields(error: Error): object {
  const { name: type, message, stack, cause } = error;
  const errors = error instanceof AggregateError ? { errors: error.errors } : {};
  return { ...error, type, message, stack, ...(cause === undefined ? {} : { cause }), ...errors };
}

/** What is shown in place of a declared secret: that it is set, never what it is. */
export function maskSecret(value: unknown): string {
  return value === undefined || value === '' ? '' : HIDDEN;
}
