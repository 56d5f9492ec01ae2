export { type Alert, createAlert, type Encoding } from './alert.ts';
export { type AlertTimes, attributionTime, type ClockBounds, isClockSuspect } from './attribution.ts';
export { CATALOGUE, type CatalogueEntry } from './catalogue.ts';
export {
  addDays,
  type Day,
  type Days,
  dayOf,
  daysBetween,
  daysOf,
  laterByDays,
  showDays,
  startOf,
} from './days.ts';
export { decode } from './decode.ts';
export { type AlertDescription, describe } from './describe.ts';
export {
  type Credentials,
  DEVICE_KINDS,
  type DeviceAttributes,
  type DeviceKind,
  HAN_STATES,
  type HanState,
  REGIONS,
  type Region,
  UNKNOWN_DEVICE,
} from './device.ts';
export { encodeDuis } from './encode/duis.ts';
export {
  encodeGbcs,
  GBCS_BODIES,
  type GbcsBody,
  type GbcsProtection,
} from './encode/gbcs.ts';
export { encodeJson } from './encode/json.ts';
export {
  type Eui64,
  formatEui64,
  parseEui64,
  plainEui64,
} from './eui64.ts';
export { changeOf, type DeviceChange, firmwareChange } from './inventory/change.ts';
export { INVENTORY_EVENT, type InventoryEvent, type InventoryMessage } from './inventory/event.ts';
export { type EventLimits, readInventory, validateEffectiveAt } from './inventory/read.ts';
export { type Input, readInputs } from './read-inputs.ts';
export {
  meaningOf,
  REJECT_REASONS,
  type RejectReason,
} from './reject-reasons.ts';
export { formatRequestId } from './text/request-id.ts';
export { type TimeLimits, validateReceivedAt } from './validate.ts';
