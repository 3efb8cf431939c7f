import type { EditedSite } from '#shared/site-settings.ts'
import type { Finding } from '#shared/sites.ts'
import { isSame } from './site-places.ts'
import { atPlace, isOfZone, sampledPlaces, summedUp } from './zone-sample.ts'

/** What of changed settings is tried, as settings of their own, and how its findings are told. */
export interface TestedParts {
  readonly tested: EditedSite
  readonly edge: boolean
  /** Places of the tried zones among those that were entered; none when none is new. */
  readonly zones: readonly number[]
  /** The zones that are new, tried or not. */
  readonly newZones: number
}

const PARTS = ['edge', 'builder', 'renderer', 'objects', 'originUrl'] as const
type Part = (typeof PARTS)[number]

/** Parts of a site as they are; null for none. */
export function theseParts(site: EditedSite, wanted: readonly Part[]): TestedParts | null {
  if (wanted.length === 0) return null
  const edge = wanted.includes('edge')
  const { builder, renderer, objects, originUrl, ...rest } = site
  const tested = {
    ...rest,
    ...(builder && wanted.includes('builder') ? { builder } : {}),
    ...(renderer && wanted.includes('renderer') ? { renderer } : {}),
    ...(objects && wanted.includes('objects') ? { objects } : {}),
    ...(originUrl && wanted.includes('originUrl') ? { originUrl } : {}),
    zones: site.zones.slice(0, 1),
    edge: edge ? site.edge : ({ kind: 'any-cache' } as const),
  }
  return { tested, edge, zones: [], newZones: 0 }
}

/** The parts that differ and can be tried; null when there are none. */
export function testedParts(before: EditedSite, after: EditedSite): TestedParts | null {
  const parts = PARTS.filter((part) => !isSame(before[part], after[part]))
  const known = new Set(before.zones.map(({ url }) => url))
  const added = after.zones.flatMap(({ url }, index) => (known.has(url) ? [] : [index]))
  // A part that was taken out cannot be tried.
  if (added.length === 0 && parts.every((part) => after[part] === undefined)) return null
  const zones = sampledPlaces(added.length).flatMap((at) => added[at] ?? [])
  const tried = zones.flatMap((index) => after.zones[index] ?? [])
  const some = theseParts(after, parts) ?? theseParts({ ...after, edge: { kind: 'any-cache' } }, ['edge'])
  if (some === null) return null
  return {
    ...some,
    tested: { ...some.tested, zones: tried.length > 0 ? tried : some.tested.zones },
    edge: parts.includes('edge'),
    zones,
    newZones: added.length,
  }
}

/** Findings of the parts that differ, at the places where they were entered; those of many new zones are summed up. */
export function withIndexes(findings: readonly Finding[], { edge, zones, newZones }: TestedParts): Finding[] {
  const found = findings.flatMap((finding) => {
    if (isOfZone(finding)) return zones.length === 0 ? [] : [atPlace(finding, zones)]
    return finding.field === 'edge.kind' && !edge ? [] : [finding]
  })
  return summedUp(found, newZones, 'new zones')
}
