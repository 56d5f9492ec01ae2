import { useQuery } from '@tanstack/react-query';
import { AskFailed, held } from './problem.ts';
import { type Asked, addressOf, type Name, type Told } from './questions.ts';
import { useViewer } from './viewer.ts';

/** How often a figure is asked for anew; the browser asks by ETag, so that what is the same is not sent again. */
const LIVE_MS = 30_000;
/** Of what the store has to think about. */
const DEAR: readonly Name[] = [
  'rollout',
  'silent',
  'blocked',
  'capacity',
  'spikes',
  'changes',
  'suppression-effect',
];
const DEAR_MS = 300_000;

/** What a question tells, kept up to date. What is asked otherwise has no answer until its own: another period's would stand under this one's name. */
export function useAnswer<N extends Name>(name: N, asked: Asked[N], enabled = true) {
  const { questions } = useViewer();
  const address = addressOf(questions[name] ?? '', asked as Record<string, string | undefined>);
  return useQuery<Told[N]>({
    queryKey: [address],
    queryFn: async ({ signal }) => (await held(fetch(address, { signal }))).json(),
    enabled: enabled && questions[name] !== undefined,
    refetchInterval: DEAR.includes(name) ? DEAR_MS : LIVE_MS,
    // A question that is wrong stays so.
    retry: (times, error) => times < 2 && !(error instanceof AskFailed && error.problem.status in WRONG),
  });
}

const WRONG = { 400: true, 401: true, 403: true, 404: true, 422: true };
