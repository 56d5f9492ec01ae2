import * as oauth from 'oauth4webapi';
import type { AtIssuer } from './how.ts';

/** What is remembered while the issuer is asked, for its answer to be that to our own question. */
interface Begun {
  readonly verifier: string;
  readonly state: string;
  readonly nonce: string;
}

const BEGUN = 'tocsin.sign-in';
/** The address below the console's that one was at: also for whoever tries again. */
const WHENCE = 'tocsin.whence';
const back = () => `${location.origin}/console/signed-in`;

/** Only an issuer on this machine has an address without TLS: the API takes no other. */
const options = ({ issuer }: AtIssuer) => ({ [oauth.allowInsecureRequests]: issuer.startsWith('http:') });

async function discover(at: AtIssuer): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(at.issuer);
  return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, options(at)));
}

/**
 * Leaves for the issuer (OpenID Connect Core 3.1, with PKCE, RFC 7636), to come back to `signed-in`.
 * @param whence the address to go on at, null: the one that is known already
 */
export async function leave(at: AtIssuer, whence: string | null): Promise<void> {
  const server = await discover(at);
  const begun: Begun = {
    verifier: oauth.generateRandomCodeVerifier(),
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
  };
  if (whence !== null) sessionStorage.setItem(WHENCE, whence);
  sessionStorage.setItem(BEGUN, JSON.stringify(begun));
  const address = new URL(server.authorization_endpoint!);
  const asked = {
    ...{ response_type: 'code', client_id: at.clientId, redirect_uri: back(), scope: at.scope },
    ...{ state: begun.state, nonce: begun.nonce },
    code_challenge: await oauth.calculatePKCECodeChallenge(begun.verifier),
    code_challenge_method: 'S256',
    // Whom the token is for: as some issuers are asked for it, and as RFC 8707 has it.
    audience: at.audience,
    ...(URL.canParse(at.audience) ? { resource: at.audience } : {}),
  };
  for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
  location.assign(address);
}

/**
 * Takes the issuer's answer, which the address has, for a token that the API believes.
 * @returns the address that one was at
 * @throws Error that says what the issuer, or the API, has against it
 */
export async function arrive(at: AtIssuer): Promise<string> {
  const begun = JSON.parse(sessionStorage.getItem(BEGUN) ?? 'null') as Begun | null;
  sessionStorage.removeItem(BEGUN);
  if (begun === null) throw new Error('this sign-in was not begun in this window');
  const server = await discover(at);
  const client = { client_id: at.clientId };
  const answer = oauth.validateAuthResponse(server, client, new URL(location.href), begun.state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    answer,
    back(),
    begun.verifier,
    {
      ...options(at),
      ...(URL.canParse(at.audience) ? { additionalParameters: { resource: at.audience } } : {}),
    },
  );
  const { access_token } = await oauth.processAuthorizationCodeResponse(server, client, response, {
    expectedNonce: begun.nonce,
    requireIdToken: true,
  });
  const kept = await fetch('/v1/session', {
    method: 'PUT',
    headers: { authorization: `Bearer ${access_token}` },
  });
  if (!kept.ok) throw new Error((await kept.json()).detail);
  const whence = sessionStorage.getItem(WHENCE) ?? '/';
  sessionStorage.removeItem(WHENCE);
  return whence;
}

/** Ends the session here, and where the issuer offers it there too. */
export async function signOut(at: AtIssuer): Promise<void> {
  await fetch('/v1/session', { method: 'DELETE' });
  const { end_session_endpoint } = await discover(at);
  const address = new URL(end_session_endpoint ?? '/console/', location.origin);
  if (end_session_endpoint) {
    address.searchParams.set('client_id', at.clientId);
    address.searchParams.set('post_logout_redirect_uri', `${location.origin}/console/`);
  }
  location.assign(address);
}
