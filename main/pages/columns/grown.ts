type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array

/** Copies a column into a longer one. */
export function grown<T extends Column>(from: T, to: T): T {
  to.set(from)
  return to
}
