/** Of a device's page: whatever is given for an id is one part of the path. */
export const pathOf = (device: string): string => `/devices/${encodeURIComponent(device)}`;
