import { useViewer } from '../ask/viewer.ts';

/** To a party, whose hubs are others' too: volumes have no alerts of theirs, which count for whoever runs the hubs. */
export function OfHubs() {
  const { party } = useViewer();
  return party === null ? null : (
    <> What hubs raise counts here for their CSP; the pages of rollouts and devices tell of yours.</>
  );
}
