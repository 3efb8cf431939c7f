import type { ReleaseStore } from '#main/providers/release-store.ts'

export interface PruneChoice {
  /** How many releases stay at least, the newest ones. */
  readonly keep: number
  /** Releases that stay however old they are: what visitors have, what the site is pinned to, what is on its way. */
  readonly inUse: readonly (string | null)[]
  /** Uploads under way, whose releases are not whole yet. */
  readonly uploading: readonly string[]
  readonly nowMs: number
}

/** Another desktop may be at an upload that nobody here knows of. */
const ABANDONED_MS = 86_400_000

/** Takes old releases away, and what uploads left that nobody went on with. Returns the releases that went. */
export async function pruneReleases(store: ReleaseStore, choice: PruneChoice, signal: AbortSignal): Promise<string[]> {
  const all = await store.list(signal)
  const removed: string[] = []
  for (const { id } of all.slice(choice.keep)) {
    if (choice.inUse.includes(id) || choice.uploading.includes(id)) continue
    await store.remove(id, signal)
    removed.push(id)
  }
  for (const id of await store.leftovers(choice.nowMs - ABANDONED_MS, signal)) {
    if (!choice.uploading.includes(id) && !choice.inUse.includes(id)) await store.remove(id, signal)
  }
  return removed
}
