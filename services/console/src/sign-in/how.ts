import { useQuery } from '@tanstack/react-query';
import { held } from '../ask/problem.ts';

/** How users sign in: by a token, or at an issuer as one of its clients. */
export type How =
  | { readonly by: 'token' }
  | {
      readonly by: 'issuer';
      readonly issuer: string;
      readonly clientId: string;
      readonly scope: string;
      readonly audience: string;
    };
export type AtIssuer = Extract<How, { by: 'issuer' }>;

export const useHow = () =>
  useQuery<How>({
    queryKey: ['sign-in'],
    queryFn: async ({ signal }) => (await held(fetch('/v1/sign-in', { signal }))).json(),
    staleTime: Number.POSITIVE_INFINITY,
  });
