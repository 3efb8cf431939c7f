import type { Selection } from '#shared/pages.ts'
import { circumstancesAt, type PlanWorld } from './drafts.ts'
import { readTargets, type Target } from './targets.ts'
import { workOut, type WorkedOut } from './work-out.ts'

/**
 * What a purge of these pages would be if their origin had other bytes by then. Nothing is stored: it is for a person who
 * is about to decide whether the origin is changed. `hashOf`: the bytes that a page would have; undefined when not known.
 */
export async function previewAs(
  world: PlanWorld,
  siteId: string,
  selection: Selection,
  hashOf: (host: string, path: string) => string | null | undefined,
): Promise<WorkedOut['purge']> {
  const nowMs = world.clock()
  const resolved = await world.resolve(siteId, selection, nowMs)
  const targets = await readTargets(world.db.query, world.classify, resolved.pageIds, nowMs)
  const about = await circumstancesAt(world, siteId, nowMs)
  const subject = {
    targets: targets.map((target) => asIfChanged(target, hashOf(target.zoneHost, target.path))),
    variants: new Map<number, string>(),
    unknownPaths: [...new Set(resolved.unknownPaths.map(({ path }) => path))],
    refused: resolved.refused,
    selection,
  }
  return (await workOut(subject, { build: false, refresh: false, by: 'auto' }, about)).purge
}

/** A copy that is held would be an old one; what is not held needs no purge, whatever it waits for today. */
function asIfChanged(known: Target, hash: string | null | undefined): Target {
  // No purge that has begun comes after what is not yet there.
  const target = { ...known, newSinceMs: Infinity, purgedUnseen: false }
  if (target.held && target.edgeHash !== null && target.edgeHash === hash) return { ...target, word: 'fresh', content: 'current' }
  if (target.held && target.word !== 'error') return { ...target, word: 'outdated', content: 'superseded' }
  return { ...target, content: 'superseded', word: target.word === 'pending' ? 'absent' : target.word }
}
