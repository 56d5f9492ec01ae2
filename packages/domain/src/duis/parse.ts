import sax from 'sax';
import type { RejectReason } from '../reject-reasons.ts';
import { DUIS_NAMESPACE } from './namespace.ts';

const MAX_DEPTH = 64;
/** An alert has a few dozen of either; the parser's time grows with the product of the two. */
const MAX_ELEMENTS = 1000;
const MAX_ATTRIBUTES = 1000;

/** Strict XML with namespaces and no entities but XML's own five (sax knows HTML's even when strict). */
const OPTIONS: sax.SAXOptions & { strictEntities: boolean } = {
  xmlns: true,
  strictEntities: true,
  position: false,
};

/** Stands for the text of an element that holds elements: no value of ours can begin with it. */
const NOT_TEXT = '\uFFFF';

/** The elements that tell that a response is an alert; the code's element of each. */
const ALERT_KINDS: Record<string, string> = {
  DeviceAlertMessage: 'AlertCode',
  // A device's answer to a future-dated command is an alert too, inside the response to that command.
  FutureDatedDeviceAlertMessage: 'FutureDatedAlertCode',
  DCCAlertMessage: 'DCCAlertCode',
};

/** What an alert is made of, as the text of its elements; undefined where there was no such element. */
export interface DuisAlert {
  kind: string;
  requestId?: string;
  responseId?: string;
  responseDateTime?: string;
  code?: string;
  count?: string;
  payload?: string;
  /** Devices that a DCC alert names, whatever its kind. */
  deviceIds: string[];
  /** Ids of the service requests that a DCC alert is about. */
  aboutRequestIds: string[];
}

class Refusal extends Error {
  readonly reason: RejectReason;
  constructor(reason: RejectReason) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Reads a DUIS response as far as an alert needs it: elements by local name within the namespace, whatever
 * the prefix, the schema's version and what else the message holds. Returns why not, if it holds no alert.
 */
export function parseDuis(xml: string): DuisAlert | RejectReason {
  // Before anything is parsed: entities can't be declared without one, and no DUIS message has one.
  if (xml.includes('<!DOCTYPE')) return 'xml-doctype';
  if (hasMoreAttributesThan(MAX_ATTRIBUTES, xml)) return 'xml-too-many';
  const alert: DuisAlert = { kind: '', deviceIds: [], aboutRequestIds: [] };
  try {
    parseInto(alert, xml);
  } catch (refusal) {
    return refusal instanceof Refusal ? refusal.reason : 'xml-syntax';
  }
  return alert.kind === '' ? 'duis-not-an-alert' : alert;
}

function parseInto(alert: DuisAlert, xml: string): void {
  const parser = sax.parser(true, OPTIONS);
  const path: string[] = [];
  let text = '';
  let elements = 0;
  parser.onerror = (error) => {
    throw error;
  };
  parser.ondoctype = () => {
    throw new Refusal('xml-doctype');
  };
  parser.onopentag = (tag) => {
    const { uri, local } = tag as sax.QualifiedTag;
    const isOurs = uri === DUIS_NAMESPACE;
    if (path.length === 0 && !(isOurs && local === 'Response')) throw new Refusal('xml-namespace');
    if (path.length === MAX_DEPTH) throw new Refusal('xml-too-deep');
    if (++elements > MAX_ELEMENTS) throw new Refusal('xml-too-many');
    path.push(isOurs ? local : '');
    text = '';
    if (path[1] === 'Body' && isOurs && Object.hasOwn(ALERT_KINDS, local)) {
      if (alert.kind !== '') throw new Refusal('duis-ambiguous');
      alert.kind = local;
    }
  };
  parser.ontext = parser.oncdata = (part) => {
    text += part;
  };
  parser.onclosetag = () => {
    if (path[1] === 'Header') takeHeader(alert, path, text);
    else if (alert.kind !== '' && path.includes(alert.kind)) takeBody(alert, path, text);
    path.pop();
    text = NOT_TEXT;
  };
  parser.write(xml).close();
}

/** Counted before parsing, as the parser tells of attributes only when it has them all; each has an `=`. */
function hasMoreAttributesThan(limit: number, xml: string): boolean {
  let count = 0;
  for (let at = xml.indexOf('='); at >= 0; at = xml.indexOf('=', at + 1)) if (++count > limit) return true;
  return false;
}

function takeHeader(alert: DuisAlert, path: string[], text: string): void {
  if (path.length !== 3) return;
  if (path[2] === 'RequestID') alert.requestId = once(alert.requestId, text);
  else if (path[2] === 'ResponseID') alert.responseId = once(alert.responseId, text);
  else if (path[2] === 'ResponseDateTime') alert.responseDateTime = once(alert.responseDateTime, text);
}

function takeBody(alert: DuisAlert, path: string[], text: string): void {
  const name = path[path.length - 1]!;
  if (name === ALERT_KINDS[alert.kind]) alert.code = once(alert.code, text);
  else if (name === 'ThrottledAlertCount') alert.count = once(alert.count, text);
  else if (name === 'GBCSPayload') alert.payload = once(alert.payload, text);
  else if (name === 'DeviceID') alert.deviceIds.push(text.trim());
  else if (name.endsWith('RequestID')) alert.aboutRequestIds.push(text.trim());
}

function once(before: string | undefined, text: string): string {
  if (before !== undefined) throw new Refusal('duis-ambiguous');
  return text.trim();
}
