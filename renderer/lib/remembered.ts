import type * as z from 'zod'

const nameOf = (what: string) => `frostline-${what}`

/** What this window's browser kept under a name; null when it kept nothing, or nothing that can be read any more. */
export function remembered<T>(what: string, schema: z.ZodType<T>): T | null {
  try {
    const text = localStorage.getItem(nameOf(what))
    const read = text === null ? null : schema.safeParse(JSON.parse(text))
    return read?.success ? read.data : null
  } catch {
    return null
  }
}

/** Keeps something for the next time. A full or forbidden store forgets it; nothing depends on it. */
export function remember(what: string, value: unknown): void {
  try {
    localStorage.setItem(nameOf(what), JSON.stringify(value))
  } catch {
    // The next time begins without it.
  }
}
