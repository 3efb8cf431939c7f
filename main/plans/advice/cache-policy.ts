import * as z from 'zod'

const Headers = z.array(z.tuple([z.string(), z.string()]))

/** What a stored answer says of who may keep it. Times in seconds; null: not said. */
export interface CachePolicy {
  /** It is for one person, or for nobody to keep. */
  readonly isPrivate: boolean
  readonly immutable: boolean
  readonly maxAgeSeconds: number | null
  readonly sharedSeconds: number | null
}

/** Reads stored headers (JSON text). Directives: RFC 9111 §5.2.2, RFC 8246. */
export function readCachePolicy(headersJson: string): CachePolicy {
  const headers = Headers.safeParse(JSON.parse(headersJson)).data ?? []
  const directives = headers
    .filter(([name]) => name.toLowerCase() === 'cache-control')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((directive) => directive.trim())
  const seconds = (name: string) => {
    const found = directives.find((directive) => directive.startsWith(`${name}=`))
    const value = Number(found?.slice(name.length + 1).replaceAll('"', ''))
    return found !== undefined && Number.isInteger(value) && value >= 0 ? value : null
  }
  return {
    isPrivate:
      directives.some((directive) => /^(private|no-store)\b/.test(directive)) ||
      headers.some(([name]) => /^set-cookie2?$/i.test(name)),
    immutable: directives.includes('immutable'),
    maxAgeSeconds: seconds('max-age'),
    sharedSeconds: seconds('s-maxage'),
  }
}
