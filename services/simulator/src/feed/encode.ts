import { type Alert, formatEui64 } from '@tocsin/domain';

export function encode(alert: Alert): Buffer {
  const counter = (BigInt(alert.counterHi) << 32n) | BigInt(alert.counterLo);
  return Buffer.from(
    JSON.stringify({
      requestId: `${formatEui64(alert.originator)}:${formatEui64(alert.target)}:${counter}`,
      deviceId: formatEui64(alert.device),
      alertCode: alert.alertCode,
      raisedAt: new Date(alert.raisedAt).toISOString(),
      receivedAt: new Date(alert.receivedAt).toISOString(),
      ...(alert.count > 1 && { throttledAlertCount: alert.count }),
    }),
  );
}
