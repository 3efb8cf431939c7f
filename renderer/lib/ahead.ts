/** Opens something that may be begun before whoever needs it is there. */
export interface Ahead<T> {
  /** Begins now; whoever opens next is given this one. */
  begin(): Promise<T>
  open(): Promise<T>
}

export function ahead<T>(open: () => Promise<T>): Ahead<T> {
  let begun: Promise<T> | null = null
  return {
    begin() {
      return (begun ??= open())
    },
    open() {
      const first = begun ?? open()
      begun = null
      return first
    },
  }
}
