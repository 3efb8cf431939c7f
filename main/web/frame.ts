/** What may travel between a page and the core: the contract's wire format, nothing structured that a page made up. */
export type Frame = string | ArrayBuffer | Uint8Array<ArrayBuffer>

export function isFrame(value: unknown): value is Frame {
  return typeof value === 'string' || value instanceof ArrayBuffer || value instanceof Uint8Array
}
