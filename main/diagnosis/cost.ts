import { AppError } from '#shared/errors.ts'
import type { Raw } from '#main/platform/database.ts'
import { readAddress } from './address.ts'
import { MAX_RENDERS } from './ask-around-task.ts'
import { REQUESTS } from './ask.ts'
import { readPage, readSite, zonesIn, type SubjectPage, type SubjectSite, type SubjectWorld } from './subject.ts'

export interface Cost {
  readonly site: { readonly id: string; readonly name: string } | null
  readonly sentence: string
}

/** What a diagnosis would cost, from what is stored. Asks nobody. An address that cannot be read costs nothing yet. */
export function costOf(world: SubjectWorld, pasted: string, nowMs: number): Cost {
  const address = tryRead(world.db, pasted)
  if (address === null) return { site: null, sentence: 'Paste the address of a page to see what asking about it costs.' }
  const path = address.pathname + address.search
  const site = readSite(world, address.host, path)
  if (site === null) {
    return {
      site: null,
      sentence: `At most ${REQUESTS} requests to ${address.host}, which belongs to no registered site. No purges are used. Pages that its cache does not hold may be rendered.`,
    }
  }
  const found = readPage(world.db, site.zone, path)
  return {
    site: { id: site.about.id, name: site.about.name },
    sentence: `At most ${REQUESTS} requests to ${site.about.name}, in at most 20 s${found === null ? '' : ', and a check of the page'}. No purges are used. ${rendersText(site, found, nowMs)}`,
  }
}

function rendersText(site: SubjectSite, found: SubjectPage | null, nowMs: number): string {
  const origin = askedOrigin(site, found)
  if (found?.page.servedAs === 'static') {
    return `The live release has a file for it; only another spelling of its address may reach a renderer. ${origin}`
  }
  const { facts } = found?.page ?? {}
  const held = facts?.stored === 'stored' && (facts.freshUntilMs ?? 0) > nowMs
  const page = held ? 'The edge is known to hold the page; other ways to ask for it' : 'The page, and other ways to ask for it,'
  return `${page} may each make the origin render once, at most ${MAX_RENDERS} times in all: with another query string, encoding or language an edge may keep a copy of its own. ${origin}`
}

function askedOrigin(site: SubjectSite, found: SubjectPage | null): string {
  if (found?.page.servedAs === 'static') return 'The origin is asked at most once, when the copy is past its lifetime.'
  if (site.hasRenderer) return 'The renderer is asked for its entry, which renders nothing.'
  if (site.hasObjects) return 'The bucket is asked for 1 object, without its body.'
  return site.originUrl === null
    ? 'The origin is not asked: the site has no origin address.'
    : 'The origin itself is asked at most 2 times.'
}

function tryRead(db: Raw, pasted: string): URL | null {
  if (pasted === '') return null
  try {
    return readAddress(pasted, zonesIn(db, pasted))
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}
