import type { Alert } from '../alert.ts';
import { DUIS_NAMESPACE } from '../duis/namespace.ts';
import { formatEui64 } from '../eui64.ts';
import { formatRequestId } from '../text/request-id.ts';

const IS_DCC_CODE = /^(?:AD|N)\d{1,3}$/;

/**
 * An alert as a DUIS response, unsigned: a DCC alert for a DCC alert code, else a device alert, with its GBCS
 * message as payload if there is one. The body of a DCC alert is reduced to the device that it names; the
 * schema's bodies differ from code to code.
 */
export function encodeDuis(alert: Alert, payload?: Buffer): Buffer {
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><sr:Response xmlns:sr="${DUIS_NAMESPACE}" schemaVersion="3.1">` +
      `<sr:Header><sr:ResponseID>${formatRequestId(alert)}</sr:ResponseID><sr:ResponseCode>I0</sr:ResponseCode>` +
      `<sr:ResponseDateTime>${new Date(alert.receivedAt).toISOString()}</sr:ResponseDateTime></sr:Header>` +
      `<sr:Body>${IS_DCC_CODE.test(alert.alertCode) ? dccAlert(alert) : deviceAlert(alert, payload)}</sr:Body>` +
      '</sr:Response>',
    'latin1',
  );
}

function deviceAlert(alert: Alert, payload: Buffer | undefined): string {
  const gbcs = payload === undefined ? '' : `<sr:GBCSPayload>${payload.toString('base64')}</sr:GBCSPayload>`;
  return (
    `<sr:DeviceAlertMessage><sr:AlertCode>${alert.alertCode}</sr:AlertCode>` +
    `${throttling(alert)}${gbcs}</sr:DeviceAlertMessage>`
  );
}

function dccAlert(alert: Alert): string {
  const { hi, lo } = alert.device;
  const device = hi === 0 && lo === 0 ? '' : `<sr:DeviceID>${formatEui64(alert.device)}</sr:DeviceID>`;
  return (
    `<sr:DCCAlertMessage><sr:DCCAlertCode>${alert.alertCode}</sr:DCCAlertCode>` +
    `${throttling(alert)}<sr:DCCAlert>${device}</sr:DCCAlert></sr:DCCAlertMessage>`
  );
}

function throttling(alert: Alert): string {
  if (alert.count === 1) return '';
  return (
    '<sr:ThrottledAlertSequenceId>1</sr:ThrottledAlertSequenceId>' +
    `<sr:ThrottledAlertCount>${alert.count}</sr:ThrottledAlertCount>`
  );
}
