import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** Who signs in at the issuer, with any password: what their tokens say of them. */
export interface Account {
  readonly role?: string;
  readonly party?: string;
  /** For how long a token of theirs holds, an hour if nothing is said. */
  readonly seconds?: number;
  /** Whom a token of theirs is for, if not for whom it was asked. */
  readonly audience?: string;
}

export interface Issuer {
  readonly url: string;
  /** Begins to answer, for a console at this address. */
  open(console: string): void;
  stop(): Promise<void>;
}

/** A certified OpenID provider on this machine, whose tokens for `audience` are as the API wants them. */
export async function startIssuer(
  clientId: string,
  audience: string,
  accounts: Readonly<Record<string, Account>>,
): Promise<Issuer> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const accountOf = (token: object): Account =>
    accounts[(token as { accountId?: string }).accountId ?? ''] ?? {};
  return {
    url,
    open(console) {
      const provider = new Provider(url, {
        clients: [
          {
            client_id: clientId,
            token_endpoint_auth_method: 'none',
            redirect_uris: [`${console}/console/signed-in`],
            post_logout_redirect_uris: [`${console}/console/`],
          },
        ],
        cookies: { keys: ['of this test'] },
        clientBasedCORS: (_, origin) => origin === console,
        findAccount: (_, accountId) =>
          accountId in accounts ? { accountId, claims: () => ({ sub: accountId }) } : undefined,
        extraTokenClaims: (_, token) => {
          const { role, party } = accountOf(token);
          return { ...(role && { role }), ...(party && { party }) };
        },
        ttl: { AccessToken: (_, token) => accountOf(token).seconds ?? 3600 },
        formats: {
          customizers: {
            jwt(_, token, parts) {
              if (parts.payload && accountOf(token).audience) parts.payload.aud = accountOf(token).audience;
            },
          },
        },
        features: {
          rpInitiatedLogout: { enabled: true },
          resourceIndicators: {
            enabled: true,
            useGrantedResource: () => true,
            getResourceServerInfo: () => ({ scope: '', audience, accessTokenFormat: 'jwt' }),
          },
        },
      });
      server.on('request', provider.callback());
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
