/** Header fields by name, whatever the case, in the order received. */
export interface Fields {
  /** The values of every field line of that name, trimmed. */
  lines(name: string): readonly string[]
  /** All of them joined with `, ` (RFC 9110 §5.3); undefined when there is none. */
  get(name: string): string | undefined
  /** The last members of a comma-separated field, without empty ones. Quoted commas are not understood. */
  items(name: string): readonly string[]
  readonly names: readonly string[]
}

const NONE: readonly string[] = []
const MAX_ITEMS = 100

export function fieldsOf(headers: readonly (readonly [string, string])[]): Fields {
  const byName = new Map<string, string[]>()
  for (const [name, value] of headers) {
    const folded = name.toLowerCase()
    const known = byName.get(folded)
    if (known) known.push(value.trim())
    else byName.set(folded, [value.trim()])
  }
  return {
    lines: (name) => byName.get(name) ?? NONE,
    get: (name) => byName.get(name)?.join(', '),
    items: (name) =>
      (byName.get(name) ?? NONE)
        .flatMap((line) => line.split(',').map((item) => item.trim()))
        .filter(Boolean)
        .slice(-MAX_ITEMS),
    names: [...byName.keys()],
  }
}

/** A count of decimal digits, or null. At most 2^31, as RFC 9111 §1.2.2 has it for seconds. */
export function countOf(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Math.min(Number(text), 2 ** 31) : null
}
