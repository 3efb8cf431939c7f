import { readCacheAnswer, type CacheAnswer } from '#shared/http-cache/cache-answer.ts'

/** What the header lines of an answer tell, one `name: value` a line. */
export function readLines(text: string): CacheAnswer {
  const lines = text.trim().split('\n')
  return readCacheAnswer(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()]
    }),
  )
}

export const hopsOf = ({ hops }: CacheAnswer) => hops.map(({ vendor, name, state }) => [vendor, name, state])
