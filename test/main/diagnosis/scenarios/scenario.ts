import type { CauseId, Verdict } from '#shared/diagnosis.ts'
import type { CacheName } from '../../../support/caches/cache.ts'
import type { CacheWorld, ListedPage } from '../../../support/caches/world.ts'

/** Something that really happens to a page behind a cache, and the cause that has to be named first for it. */
export interface Scenario {
  readonly cause: CauseId
  /** What is done, in the words of a test's name. */
  readonly title: string
  /** What the first sentence has to name. */
  readonly says: RegExp
  /** The caches that cannot come into this, each with the reason. */
  readonly cannot?: Partial<Readonly<Record<CacheName, string>>>
  /** It stops the origin that other scenarios use. */
  readonly alone?: true
  /** The page is in the list, with its tags, before anything is done. */
  readonly listed?: Omit<ListedPage, 'path'>
  /** @param path of a page that is this scenario's own. */
  run(world: CacheWorld, path: string): Promise<Verdict>
}

/** Where a scenario's page is. */
export function pathOf({ cause }: Scenario, index: number): string {
  return `/${cause}/page-${index}`
}

/** As sites send it that keep pages at the edge and never in browsers. */
export const AT_EDGE = { 'cache-control': 'public, max-age=0, s-maxage=600' } as const
export const atEdge = (more: string) => ({ 'cache-control': `${AT_EDGE['cache-control']}, ${more}` })

/** A whole page, long enough to be no empty shell. */
export function page(title: string, more = ''): string {
  const text = 'Ice cream is a frozen dessert that is eaten as a snack, or after a meal. '.repeat(6)
  return `<!doctype html><html lang="en"><head><title>${title}</title></head><body>${more}<h1>${title}</h1><p>${text}</p></body></html>`
}

/** As the origin's file system tells it, in whole seconds. */
export const modified = (atMs: number) => ({ 'last-modified': new Date(atMs).toUTCString() })
