import { SHADE } from './colours.ts';

/** Pixels, of all plots. */
export const WIDTH = 960;
const [LEFT, RIGHT, BETWEEN, BELOW] = [76, 16, 84, 64] as const;

/** Panels beside and below each other. @param height of a panel without what stands below it */
export function grids(count: number, { columns, height }: { columns: number; height: number }) {
  const across = Math.max(1, Math.min(columns, count));
  const width = (WIDTH - LEFT - RIGHT - BETWEEN * (across - 1)) / across;
  const grid = Array.from({ length: count }, (_, i) => ({
    left: LEFT + (i % across) * (width + BETWEEN),
    top: Math.floor(i / across) * (height + BELOW),
    width,
    height,
  }));
  return { grid, heights: Math.max(1, Math.ceil(count / across)) * (height + BELOW) };
}

/** Shaded stretches of a category axis, for a series of it. */
export const shade = (places: readonly (readonly [number, number])[]) =>
  places.length === 0
    ? {}
    : {
        markArea: {
          silent: true,
          itemStyle: { color: SHADE },
          data: places.map(
            ([first, last]) => [{ xAxis: first }, { xAxis: last }] as [{ xAxis: number }, { xAxis: number }],
          ),
        },
      };
