export { type Alert, createAlert, type Encoding } from './alert.ts';
export { decode, MAX_MESSAGE_BYTES } from './decode.ts';
export { copyEui64, type Eui64, formatEui64, parseEui64, plainEui64, sameEui64 } from './eui64.ts';
export { meaningOf, REJECT_REASONS, type RejectReason } from './reject-reasons.ts';
export { formatCounter, formatRequestId } from './text/request-id.ts';
