import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** A metric in an expression. */
export interface Selector {
  readonly metric: string;
  /** As they stand, such as `job=~"$job"`. */
  readonly matchers: readonly string[];
  /** What is in the brackets behind it; undefined where there are none. */
  readonly range?: string;
  /** The function that takes the range. */
  readonly call?: string;
}

/** No duration that anybody would write. */
const RATE_INTERVAL = '424242s';

/** The nearest of its kind around a node. */
function around(node: SyntaxNode, kind: string): SyntaxNode | null {
  for (let up = node.parent; up; up = up.parent) if (up.name === kind) return up;
  return null;
}

/**
 * Reads an expression as Prometheus' own editor does. @returns its selectors, in their order
 * @throws Error at what is no PromQL
 */
export function readPromql(expr: string): Selector[] {
  const text = expr.replaceAll('$__rate_interval', RATE_INTERVAL);
  const textOf = ({ from, to }: { from: number; to: number }) => text.slice(from, to);
  const selectors: Selector[] = [];
  parser.parse(text).iterate({
    enter(ref) {
      if (ref.type.isError) throw new Error(`no PromQL from character ${ref.from} on: ${expr}`);
      if (ref.name !== 'VectorSelector') return;
      const node = ref.node;
      const matrix = node.parent?.name === 'MatrixSelector' ? node.parent : null;
      const call = matrix && around(matrix, 'FunctionCall')?.getChild('FunctionIdentifier');
      selectors.push({
        metric: textOf(node.getChild('Identifier')!),
        matchers: node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher').map(textOf) ?? [],
        ...(matrix && {
          range: textOf({ from: node.to, to: matrix.to })
            .slice(1, -1)
            .replace(RATE_INTERVAL, '$__rate_interval'),
        }),
        ...(call && { call: textOf(call) }),
      });
    },
  });
  return selectors;
}
