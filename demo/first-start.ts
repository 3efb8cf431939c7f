import type { BuildQueue } from './builder/build-queue.ts'
import type { ContentStore } from './content/content-store.ts'
import { seedContent } from './content/seed-content.ts'
import { Upstream } from './edge/upstream.ts'
import type { DemoDatabase } from './platform/database.ts'
import { isRecord, type StateStore } from './platform/state.ts'
import type { SsrArea } from './ssr/assemble-ssr.ts'
import type { Zone } from './platform/zones.ts'

export interface FirstStartParts {
  readonly database: DemoDatabase
  readonly state: StateStore
  readonly content: ContentStore
  readonly ssr: Pick<SsrArea, 'content' | 'cache' | 'jobs'>
  readonly queue: BuildQueue
  readonly zones: readonly Zone[]
  readonly log: (line: string) => void
}

const visitedLollies = 60
const editedLists = ['cherry', 'mango']
/** Edited and marked as expired: the entry is old, and so is the copy at the edge. */
const markedCard = '/menu-card/cherry'
/** Edited and refreshed: the entry is new, and the copy at the edge is old. */
const refreshedCard = '/menu-card/mango'
const visitedSsrPages = ['/fresh', '/fresh/today', '/fresh/apple', '/menu-card', '/menu-card/apple', markedCard, refreshedCard]
const doneKey = 'first start done'

/** A folder whose first start was interrupted is filled again. */
export function isFilled(state: StateStore): boolean {
  return state.read(doneKey, isRecord) !== null
}

/**
 * Gives the demo a short past, so that every state of a page is there to be seen: visitors filled the edge from the
 * first release, a second release changed two lists, and an edit of the about page is built but not published. In the SSR
 * area one page waits for a refresh and one only for a purge.
 *
 * @throws when a build fails.
 */
export async function fillForFirstStart(parts: FirstStartParts): Promise<void> {
  const { content, queue, log } = parts
  seedContent(parts.database)
  const build = async (title: string, publish: boolean): Promise<void> => {
    const built = await queue.buildNow(title, publish)
    if (built.state !== 'succeeded') throw new Error(built.error ?? `The build “${title}” did not succeed.`)
    log(`Built ${built.releaseId ?? ''}: ${title}`)
  }
  queue.hold(true)
  await build('First release', true)
  await visit(parts)
  const publishMore = async (): Promise<void> => {
    for (const slug of editedLists) content.setListIntro(slug, 'Back in stock, and a little sweeter than last summer.')
    await build('Two lists changed', true)
    content.setAboutText(
      'We freeze small kindnesses onto sticks and deliver them by link. Since this week also to space stations.',
    )
    await build('About page changed', false)
  }
  await Promise.all([publishMore(), visitSsrArea(parts)])
  parts.state.write(doneKey, { on: new Date().toISOString() })
  queue.hold(false)
}

/** The first visitors: from then on FRA56 holds copies of the first release. */
async function visit(parts: FirstStartParts): Promise<void> {
  const [lollies, gifts] = parts.zones
  if (lollies === undefined || gifts === undefined) return
  const stock = parts.content.stock()
  const visits = [
    ...[
      '/',
      '/lists',
      '/about',
      '/about/delivery',
      '/about/ingredients',
      '/about/opening-hours',
      '/new-lolly',
      '/now-freezing',
      '/flash-offer',
      '/account',
      '/prizes',
      '/lists/everything',
      '/flavours/liquorice',
      '/robots.txt',
      ...stock.lists.map((list) => `/lists/${encodeURIComponent(list.slug)}`),
      ...stock.lollies.slice(0, visitedLollies).map((lolly) => `/lolly/${lolly.id}`),
    ].map((path) => ({ zone: lollies, path })),
    ...['/', '/about', ...stock.gifts.slice(0, 5).map((gift) => `/gifts/${gift.slug}`)].map((path) => ({ zone: gifts, path })),
  ]
  await requestThroughEdge(visits)
  parts.log(`Visitors requested ${String(visits.length)} pages through FRA56`)
}

/** The first visitors of pages that are rendered on demand, and what changed after their visit. */
async function visitSsrArea({ ssr, zones, log }: FirstStartParts): Promise<void> {
  const [zone] = zones
  if (zone === undefined) return
  await requestThroughEdge(visitedSsrPages.map((path) => ({ zone, path })))
  for (const path of [markedCard, refreshedCard]) ssr.content.setText(path, 'Back on the card, five cents cheaper.')
  ssr.cache.mark({ paths: [markedCard, refreshedCard], tags: [] })
  await ssr.jobs.refresh(refreshedCard)
  log(`Visitors requested ${String(visitedSsrPages.length)} rendered pages; ${markedCard} is expired`)
}

async function requestThroughEdge(visits: readonly { readonly zone: Zone; readonly path: string }[]): Promise<void> {
  const [first] = visits
  if (first === undefined) return
  const edge = new Upstream(`http://127.0.0.1:${first.zone.host.replace(/.*:/, '')}`)
  try {
    await Promise.all(visits.map(({ zone, path }) => edge.request({ method: 'GET', target: path, headers: { host: zone.host } })))
  } finally {
    await edge.close()
  }
}
