import type { BuildQueue } from './builder/build-queue.ts'
import type { ContentStore } from './content/content-store.ts'
import { seedContent } from './content/seed-content.ts'
import { Upstream } from './edge/upstream.ts'
import type { DemoDatabase } from './platform/database.ts'
import { isRecord, type StateStore } from './platform/state.ts'
import type { Zone } from './platform/zones.ts'

export interface FirstStartParts {
  readonly database: DemoDatabase
  readonly state: StateStore
  readonly content: ContentStore
  readonly queue: BuildQueue
  readonly zones: readonly Zone[]
  readonly log: (line: string) => void
}

const visitedLollies = 60
const editedLists = ['cherry', 'mango']
const doneKey = 'first start done'

/** A folder whose first start was interrupted is filled again. */
export function isFilled(state: StateStore): boolean {
  return state.read(doneKey, isRecord) !== null
}

/**
 * Gives the demo a short past, so that every state of a page is there to be seen: visitors filled the edge from the
 * first release, a second release changed two lists, and an edit of the about page is built but not published.
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
  for (const slug of editedLists) content.setListIntro(slug, 'Back in stock, and a little sweeter than last summer.')
  await build('Two lists changed', true)
  content.setAboutText('We freeze small kindnesses onto sticks and deliver them by link. Since this week also to space stations.')
  await build('About page changed', false)
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
  const edge = new Upstream(`http://127.0.0.1:${lollies.host.replace(/.*:/, '')}`)
  try {
    await Promise.all(visits.map(({ zone, path }) => edge.request({ method: 'GET', target: path, headers: { host: zone.host } })))
  } finally {
    await edge.close()
  }
  parts.log(`Visitors requested ${String(visits.length)} pages through FRA56`)
}
