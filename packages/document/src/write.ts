import type { Document } from './document.ts';
import type { Gathered } from './gather.ts';
import { actionsSection } from './sections/actions.ts';
import { capacitySection } from './sections/capacity.ts';
import { changedSection } from './sections/changed.ts';
import { devicesSection } from './sections/devices.ts';
import { feedSection } from './sections/feed.ts';
import { readFirst } from './sections/read-first.ts';
import { stoppableSection } from './sections/stoppable.ts';
import { unstoppableSection } from './sections/unstoppable.ts';
import { whySection } from './sections/why.ts';

/** The document of an operations group, in the order of item 7 of the minutes. @param now ms since the epoch */
export function write(gathered: Gathered, group: string, now: number): Document {
  const { from, to } = gathered;
  return {
    name: `opsg-${group}`,
    group,
    title: `Operations Group ${group}: alerts`,
    from,
    to,
    sections: [
      ...readFirst(gathered, now),
      changedSection(gathered),
      whySection(gathered),
      stoppableSection(gathered),
      unstoppableSection(gathered),
      devicesSection(gathered),
      capacitySection(gathered),
      feedSection(gathered),
      actionsSection(gathered),
    ],
  };
}
