/** Days or months that are looked at in one query, by their first days (`YYYY-MM-DD`), both included. */
export interface Span {
  readonly first: string;
  readonly last: string;
}

/** Messages that one query of a proof takes on: few enough for its memory. */
const AT_ONCE = 1_000_000;
const DAY_MS = 86_400_000;
/** A day after another, a month after another: whatever was left out in between must stay out. */
const APART_MS = 31 * DAY_MS;

/** Spans one after another, in order, put together as far as a query can take them on. */
export function together(
  spans: readonly { readonly span: string; readonly messages: number }[],
  months = false,
): Span[] {
  const found: { first: string; last: string; messages: number }[] = [];
  const near = (one: string, other: string) =>
    Date.parse(other) - Date.parse(one) <= (months ? APART_MS : DAY_MS);
  for (const { span, messages } of spans) {
    const open = found.at(-1);
    if (open && near(open.last, span) && open.messages + messages <= AT_ONCE) {
      open.last = span;
      open.messages += messages;
    } else found.push({ first: span, last: span, messages });
  }
  return found.map(({ first, last }) => ({ first, last }));
}
