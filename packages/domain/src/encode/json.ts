import type { Alert } from '../alert.ts';
import { formatEui64 } from '../eui64.ts';
import { formatRequestId } from '../text/request-id.ts';

/** An alert in our normal form, about 220 bytes; with its GBCS message as payload if there is one. */
export function encodeJson(alert: Alert, payload?: Buffer): Buffer {
  const raisedAt = Number.isNaN(alert.raisedAt) ? 'null' : `"${new Date(alert.raisedAt).toISOString()}"`;
  const count = alert.count === 1 ? '' : `,"throttledAlertCount":${alert.count}`;
  const gbcsPayload = payload === undefined ? '' : `,"gbcsPayload":"${payload.toString('base64')}"`;
  return Buffer.from(
    `{"requestId":"${formatRequestId(alert)}","deviceId":"${formatEui64(alert.device)}"` +
      `,"alertCode":"${alert.alertCode}","raisedAt":${raisedAt}` +
      `,"receivedAt":"${new Date(alert.receivedAt).toISOString()}"${count}${gbcsPayload}}`,
    'latin1',
  );
}
