import { basicAuthorization, decoded } from './proxy-rules.ts'
import type { Secrets } from './secrets.ts'

/** Takes secrets out of texts by their values, whatever they are called and wherever they stand. */
export interface KnownSecrets {
  /** Also the parts of a JSON text or an address. Short ones are everyday words and stay. */
  remember(value: string): void
  scrub(text: string): string
}

const SHORTEST = 6
const SHORTEST_PATH = 12
const MARK = '[secret]'

export function createKnownSecrets(): KnownSecrets {
  const spellings = new Set<string>()
  let longestFirst: string[] = []

  function learn(value: string): void {
    if (value.length < SHORTEST) return
    for (const spelling of [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), encodeURI(value)])
      spellings.add(spelling)
    spellings.add(Buffer.from(value).toString('base64').replace(/=+$/, ''))
    const url = URL.parse(value)
    if (url?.password) {
      const [name, password] = [decoded(url.username), decoded(url.password)]
      for (const spelling of [url.password, password, basicAuthorization(name, password).slice('Basic '.length)])
        if (spelling.length >= SHORTEST) spellings.add(spelling)
    }
    if (url?.host && url.pathname.length + url.search.length >= SHORTEST_PATH) spellings.add(url.pathname + url.search)
  }

  return {
    remember(value) {
      learn(value)
      for (const part of partsOf(value)) learn(part)
      longestFirst = [...spellings].sort((a, b) => b.length - a.length)
    },
    scrub: (text) => longestFirst.reduce((left, spelling) => left.replaceAll(spelling, MARK), text),
  }
}

/** The texts in a JSON text; none of another one. */
function partsOf(value: string): string[] {
  if (!/^[[{]/.test(value)) return []
  const found: string[] = []
  const walk = (part: unknown): void => {
    if (typeof part === 'string') found.push(part)
    else if (typeof part === 'object' && part !== null) for (const inner of Object.values(part)) walk(inner)
  }
  try {
    walk(JSON.parse(value))
  } catch {
    return []
  }
  return found
}

/** A vault whose values are remembered as they pass. */
export function rememberingSecrets(secrets: Secrets, known: KnownSecrets): Secrets {
  return {
    async get(name) {
      const value = await secrets.get(name)
      if (value !== null) known.remember(value)
      return value
    },
    set(name, value) {
      known.remember(value)
      return secrets.set(name, value)
    },
    remove: (name) => secrets.remove(name),
    describe: () => secrets.describe(),
  }
}
