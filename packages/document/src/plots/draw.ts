import { init } from 'echarts';
import type { Plot } from '../document.ts';
import { WIDTH } from './grids.ts';

/** A plot as SVG, drawn without a browser; the same plot is the same text. */
export function draw({ option, height }: Pick<Plot, 'option' | 'height'>): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  try {
    chart.setOption({ animation: false, backgroundColor: '#ffffff', ...option });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
