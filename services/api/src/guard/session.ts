import type { IncomingHttpHeaders } from 'node:http';

const COOKIE = 'tocsin';
/** Anywhere but on this machine it goes over TLS alone. */
const flags = (loopback: boolean) => `Path=/; HttpOnly; SameSite=Strict${loopback ? '' : '; Secure'}`;

/** A browser keeps its token where neither scripts nor other sites' requests reach it. */
export const cookieOf = (token: string, loopback: boolean): string =>
  `${COOKIE}=${token}; ${flags(loopback)}`;

/** Ends what `cookieOf` began. */
export const noCookie = (loopback: boolean): string => `${COOKIE}=; Max-Age=0; ${flags(loopback)}`;

/** The token of a request, which names it or comes from a browser that keeps it. */
export const tokenOf = ({ authorization, cookie }: IncomingHttpHeaders): string | undefined =>
  authorization === undefined
    ? /(?:^|;\s*)tocsin=([\w.-]+)/.exec(cookie ?? '')?.[1]
    : /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
