export function Capacity() {
  return null;
}
