const DOTTED = /^\d+(\.\d+)*$/;

/**
 * Whether a version comes after another, part by part as numbers, missing parts as 0: `1.11.2` after `1.9`.
 * False where one of them isn't dotted numbers, such as the empty text: nothing is known then.
 */
export function isNewer(version: string, than: string): boolean {
  if (!DOTTED.test(version) || !DOTTED.test(than)) return false;
  const ours = version.split('.').map(Number);
  const theirs = than.split('.').map(Number);
  for (let i = 0; i < Math.max(ours.length, theirs.length); i++) {
    const difference = (ours[i] ?? 0) - (theirs[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
