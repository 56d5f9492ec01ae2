import { type Alert, formatCounter, formatEui64, formatRequestId, nameOf } from '@tocsin/domain';

/** One alert as a line of JSON, without the newline. */
export function showAlert(alert: Alert): string {
  const none = (id: { hi: number; lo: number }) => (id.hi === 0 && id.lo === 0 ? null : formatEui64(id));
  const fields = {
    requestId: formatRequestId(alert),
    deviceId: none(alert.device),
    target: none(alert.target),
    alertCode: alert.alertCode,
    name: nameOf(alert.alertCode),
    raisedAt: Number.isNaN(alert.raisedAt) ? null : new Date(alert.raisedAt).toISOString(),
    counter: formatCounter(alert),
    messageCode: alert.messageCode === 0 ? null : hex(alert.messageCode),
    encoding: alert.encoding,
  };
  return JSON.stringify(fields);
}

function hex(messageCode: number): string {
  return messageCode.toString(16).toUpperCase().padStart(4, '0');
}
