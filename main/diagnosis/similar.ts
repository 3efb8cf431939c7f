import type { Raw } from '#main/platform/database.ts'
import { otherSpellings } from './spelling.ts'
import { readPage, type SubjectSite } from './subject.ts'

const MOST = 3

/**
 * What an address may be meant for: the registered zones whose host is this one but for the scheme, the port or `www.`, and
 * where it is a site's, the listed pages that are spelled otherwise. Whole addresses, none of them the address itself.
 */
export function similarTo(db: Raw, address: URL, site: SubjectSite | null): string[] {
  const path = address.pathname + address.search
  const pages = site === null || readPage(db, site.zone, path) !== null ? [] : pagesLike(db, site, path)
  const zones = zonesLike(db, address)
  const isZone = zones.some((origin) => origin === address.origin)
  return [...(isZone ? [] : zones.map((origin) => origin + path)), ...pages.map((other) => address.origin + other)].slice(0, MOST)
}

function zonesLike(db: Raw, { hostname }: URL): string[] {
  const bare = hostname.replace(/^www\./, '')
  return db
    .prepare<[Record<string, string>], { url: string }>(
      `SELECT url FROM zones WHERE host IN (@bare, @www) OR substr(host, 1, length(@bare) + 1) = @bare || ':'
       OR substr(host, 1, length(@www) + 1) = @www || ':' ORDER BY id LIMIT 20`,
    )
    .all({ bare, www: `www.${bare}` })
    .map(({ url }) => new URL(url).origin)
}

function pagesLike(db: Raw, site: SubjectSite, path: string): string[] {
  return otherSpellings(path).flatMap((spelling) => readPage(db, site.zone, spelling)?.page.path ?? [])
}
