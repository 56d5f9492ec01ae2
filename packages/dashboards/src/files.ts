import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';

/** Where Grafana is provisioned from; seen from the sources as from what they are compiled to. */
export const FOLDER = new URL('../../../deploy/grafana/dashboards/', import.meta.url);

/** The text of each file by its name. */
export const filesOf = (dashboards: Readonly<Record<string, Dashboard>>): Map<string, string> =>
  new Map(
    Object.entries(dashboards).map(([name, dashboard]) => [
      `${name}.json`,
      `${JSON.stringify(dashboard, null, 2)}\n`,
    ]),
  );
