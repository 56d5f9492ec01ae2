import type { ComponentType } from 'react';
import type { Name } from '../ask/questions.ts';
import type { Viewer } from '../ask/viewer.ts';
import { Capacity } from './capacity/capacity.tsx';
import { Codes } from './codes/codes.tsx';
import { Devices } from './devices/devices.tsx';
import { Explore } from './explore/explore.tsx';
import { Overview } from './overview/overview.tsx';
import { Rollout } from './rollouts/rollout.tsx';
import { Rollouts } from './rollouts/rollouts.tsx';

export interface PageOf {
  readonly name: string;
  /** The first is that of its entry in the navigation; without a name it has none. */
  readonly paths: readonly string[];
  readonly page: ComponentType;
  /** What it can't do without. */
  readonly needs: Name;
}

const PAGES: readonly PageOf[] = [
  { name: 'Overview', paths: ['/'], page: Overview, needs: 'volume' },
  { name: 'Explore', paths: ['/explore'], page: Explore, needs: 'volume' },
  { name: 'Rollouts', paths: ['/rollouts'], page: Rollouts, needs: 'rollouts' },
  { name: '', paths: ['/rollouts/:rollout'], page: Rollout, needs: 'rollout' },
  { name: 'Capacity', paths: ['/capacity'], page: Capacity, needs: 'capacity' },
  { name: 'Devices', paths: ['/devices', '/devices/:device'], page: Devices, needs: 'device' },
  { name: 'Codes', paths: ['/codes'], page: Codes, needs: 'codes' },
];

/** Those whose question the viewer may ask. */
export const offered = ({ questions }: Viewer): readonly PageOf[] =>
  PAGES.filter(({ needs }) => questions[needs] !== undefined);
