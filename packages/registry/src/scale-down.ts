import type { RegistryFiles } from './load.ts';

/** The same registries for a network of which only every `scale`-th device is told: what its components can take is less. */
export function scaleDown(files: RegistryFiles, scale: number): RegistryFiles {
  const components = files.components.map((component) => ({
    ...component,
    capacities: component.capacities.map(({ from, capacity }) => ({ from, capacity: capacity / scale })),
  }));
  return { ...files, components };
}
