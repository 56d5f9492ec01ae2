import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { AskFailed, held } from './problem.ts';
import type { Name } from './questions.ts';

/** Who asks, and where the questions stand that they may ask. */
export interface Viewer {
  readonly subject: string;
  readonly role: string;
  readonly party: string | null;
  readonly questions: Readonly<Partial<Record<Name, string>>>;
}

export const ViewerContext = createContext<Viewer | null>(null);

/** Below the sign-in there is always one. */
export const useViewer = (): Viewer => useContext(ViewerContext)!;

export const useMe = () =>
  useQuery<Viewer>({
    queryKey: ['me'],
    queryFn: async ({ signal }) => (await held(fetch('/v1/me', { signal }))).json(),
    staleTime: Number.POSITIVE_INFINITY,
    // Whoever isn't known is asked to sign in, at once.
    retry: (times, error) => times < 3 && !(error instanceof AskFailed && error.problem.status === 401),
  });
