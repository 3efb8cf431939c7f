import type { Raw } from '#main/platform/database.ts'

const NAMED = 4

/** Where other pages go cold that the plan is not about, by zone, the most first; zones of other sites with their site. */
export function zonesText(db: Raw, siteId: string, coldByZone: ReadonlyMap<number, number>): string {
  if (coldByZone.size === 0) return ''
  const zone = db.prepare<[number], { host: string; site_id: string; name: string }>(
    'SELECT zones.host, zones.site_id, sites.name FROM zones JOIN sites ON sites.id = zones.site_id WHERE zones.id = ?',
  )
  const named = [...coldByZone]
    .flatMap(([zoneId, pages]) => zone.all(zoneId).map((row) => ({ ...row, pages })))
    .sort((a, b) => b.pages - a.pages || (a.host < b.host ? -1 : 1))
  const texts = named.slice(0, NAMED).map(({ host, site_id, name, pages }) => {
    const count = pages.toLocaleString('en-US')
    return site_id === siteId ? `${count} on ${host}` : `${count} on ${host} (site ${name}, on the same distribution)`
  })
  const more = named.length > NAMED ? ` and ${(named.length - NAMED).toLocaleString('en-US')} more zones` : ''
  return `An item names no host: of the other pages that go cold, ${texts.join(', ')}${more}.`
}
