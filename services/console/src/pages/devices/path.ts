/** Of a device's page: whatever is given for an id is one part of the path. */
export const pathOf = (device: string): string => `/devices/${encodeURIComponent(device)}`;

/** Of what a route has as its part: the router leaves `/`, `?` and `#` of it as they stand in the address. */
export function deviceOf(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
