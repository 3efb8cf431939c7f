import type { SeenPages } from '#shared/add-site.ts'
import { AppError } from '#shared/errors.ts'
import { readRobots } from './robots.ts'
import { readSitemap } from './sitemap.ts'
import type { ReadText } from './sitemaps-task.ts'

/** Enough to say how large a site is; a search for pages reads the rest. */
const FILES_AT_MOST = 12
const ADDRESSES_AT_MOST = 100_000
const WAIT_MS = 10_000

/** How many addresses the sitemaps of a site name, as far as that can be told quickly. What cannot be read counts as none. */
export async function countAddresses(readText: ReadText, origin: string, signal: AbortSignal): Promise<SeenPages> {
  const ends = AbortSignal.any([signal, AbortSignal.timeout(WAIT_MS)])
  const read = (url: string) => quietly(() => readText(url, ends), signal)
  const robots = await read(new URL('/robots.txt', origin).href)
  const named = robots === null || looksLikeHtml(robots) ? [] : readRobots(robots).sitemaps
  const queue = (named.length > 0 ? named : ['/sitemap.xml']).flatMap((url) => URL.parse(url, origin)?.href ?? [])
  const files: string[] = []
  const count = { addresses: 0 }
  for (let left = FILES_AT_MOST; left > 0 && queue.length > 0 && !ends.aborted; left -= 1) {
    if (count.addresses >= ADDRESSES_AT_MOST) break
    const url = queue.shift() ?? ''
    const text = await read(url)
    if (text === null) continue
    const before = { files: queue.length, ...count }
    const whole = await quietly(async () => {
      await readSitemap(text, url, {
        page: () => void (count.addresses += 1),
        alternate: () => {},
        file: (address) => void (queue.length < ADDRESSES_AT_MOST && URL.canParse(address) && queue.push(address)),
        pause: async () => ends.throwIfAborted(),
      })
      return true
    }, signal)
    if (whole !== null || before.files < queue.length || before.addresses < count.addresses) files.push(url)
  }
  return { robots: robots !== null && !looksLikeHtml(robots), files, ...count, more: queue.length > 0 || ends.aborted }
}

/** Null when it fails, for whatever reason of the site's; a caller who left is no such reason. */
async function quietly<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T | null> {
  try {
    return await work()
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (error instanceof AppError || (error instanceof DOMException && error.name === 'TimeoutError')) return null
    throw error
  }
}

const looksLikeHtml = (text: string): boolean => /^\s*</.test(text)
