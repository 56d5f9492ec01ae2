/**
 * Probabilities of several tests, each as it counts among so many: what is under 5% then is a false finding in fewer than
 * one of 20 such sets of tests, however the tests depend on each other, as those of codes do which one device raises
 * together. Benjamini and Yekutieli's correction, which bounds the share of false findings under any dependence too, would
 * ask more of the surest one. Source: Holm (1979).
 */
export function holm(probabilities: readonly number[]): number[] {
  const order = probabilities.map((_, i) => i).sort((a, b) => probabilities[a]! - probabilities[b]!);
  const adjusted = new Array<number>(probabilities.length);
  let least = 0;
  for (const [rank, i] of order.entries()) {
    least = Math.max(least, Math.min(1, (probabilities.length - rank) * probabilities[i]!));
    adjusted[i] = least;
  }
  return adjusted;
}
