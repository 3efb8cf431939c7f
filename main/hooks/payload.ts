/** The values that a path names in a payload: `fields.slug.en-US`; `*` stands for every name or place in a list. */
export function valuesAt(payload: unknown, path: string): string[] {
  let found: unknown[] = [payload]
  for (const step of path.split('.')) found = found.flatMap((value) => stepInto(value, step)).slice(0, MOST_VALUES)
  return [...new Set(found.flatMap(scalarText))]
}

/** A payload may name no more pages than this by one placeholder. */
const MOST_VALUES = 1_000
const MOST_KEPT = 120
const MOST_LETTERS = 300

function stepInto(value: unknown, step: string): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  if (step === '*') return Object.values(value)
  return Object.hasOwn(value, step) ? [Object.entries(value).find(([name]) => name === step)?.[1]] : []
}

function scalarText(value: unknown): string[] {
  if (typeof value === 'string') return value.length <= MOST_LETTERS ? [value] : []
  return typeof value === 'number' || typeof value === 'boolean' ? [String(value)] : []
}

/** The short values of a payload by their paths: what is kept of a piece of content for when it is deleted. */
export function flatValues(payload: unknown): Record<string, string> {
  const flat: Record<string, string> = {}
  const walk = (value: unknown, path: string, depth: number): void => {
    if (Object.keys(flat).length >= MOST_KEPT) return
    const [text] = scalarText(value)
    if (text !== undefined && path !== '') flat[path] = text
    else if (typeof value === 'object' && value !== null && depth > 0)
      for (const [name, inner] of Object.entries(value)) walk(inner, path === '' ? name : `${path}.${name}`, depth - 1)
  }
  walk(payload, '', 5)
  return flat
}

/** The same lookup in what `flatValues` kept. */
export function valuesKept(flat: Readonly<Record<string, string>>, path: string): string[] {
  const wanted = path.split('.')
  const fits = (known: string) => {
    const steps = known.split('.')
    return steps.length === wanted.length && wanted.every((step, index) => step === '*' || step === steps[index])
  }
  return [...new Set(Object.entries(flat).flatMap(([known, value]) => (fits(known) ? [value] : [])))]
}
