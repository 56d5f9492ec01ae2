import { type Alert, encodeDuis, encodeGbcs, encodeJson, type GbcsProtection } from '@tocsin/domain';
import type { CodeProfile } from './profile.ts';

/** The alert's message in its encoding; a device alert in DUIS carries its GBCS message as payload. */
export function encode(alert: Alert, profile: Pick<CodeProfile, 'messageCode' | 'body'>): Buffer {
  if (alert.encoding === 'json') return encodeJson(alert);
  if (profile.messageCode === null) return encodeDuis(alert);
  const gbcs = encodeGbcs(alert, profile.body, protectionOf(alert.alertCode));
  return alert.encoding === 'gbcs' ? gbcs : encodeDuis(alert, gbcs);
}

/** Critical alerts are signed; their codes begin with 8F. */
function protectionOf(alertCode: string): GbcsProtection {
  return alertCode.startsWith('8F') ? 'signature' : 'mac';
}
