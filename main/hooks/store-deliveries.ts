import type { Raw } from '#main/platform/database.ts'

export interface NewDelivery {
  readonly sourceId: string
  readonly atMs: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Uint8Array
  readonly keys: readonly string[]
}

/** Stores deliveries many at a time. `store` resolves once it is on disk; false: the same delivery was there before. */
export interface DeliveryStore {
  store(delivery: NewDelivery): Promise<boolean>
  /** Keeps that a delivery was refused, and why; its content is not kept. */
  refuse(sourceId: string, atMs: number, reason: string): void
  /** Whether so much waits for the disk that more should come later. */
  readonly full: boolean
  /** Writes what waits. */
  flush(): void
}

interface Waiting {
  readonly delivery: NewDelivery
  readonly done: (isNew: boolean) => void
  readonly failed: (error: unknown) => void
}

/** What comes within this time is written together: one wait for the disk serves them all. */
const GATHER_MS = 4
const MOST_WAITING = 5_000
const MOST_BYTES = 64_000_000
/** Refusals that are kept of a source: anybody who knows an address can cause them. */
const REFUSALS_KEPT = 50

export function createDeliveryStore(raw: Raw, stored: (count: number) => void): DeliveryStore {
  const knows = raw.prepare<[string, string]>('SELECT 1 FROM hook_keys WHERE source_id = ? AND key = ?')
  const addKey = raw.prepare('INSERT OR IGNORE INTO hook_keys (source_id, key, at) VALUES (?, ?, ?)')
  const insert = raw.prepare(`INSERT INTO hook_events (source_id, received_at, state, headers_json, body, reason)
    VALUES (@sourceId, @atMs, @state, @headers, @body, @reason)`)
  const prune = raw.prepare(`DELETE FROM hook_events WHERE source_id = @sourceId AND state = 'refused' AND id < (
    SELECT min(id) FROM (SELECT id FROM hook_events WHERE source_id = @sourceId AND state = 'refused' ORDER BY id DESC LIMIT ${REFUSALS_KEPT}))`)
  const exists = raw.prepare<[string]>('SELECT 1 FROM hook_sources WHERE id = ?')
  let waiting: Waiting[] = []
  let bytes = 0
  let refusals = new Map<string, { atMs: number; reason: string }[]>()
  let timer: NodeJS.Timeout | null = null

  /** Whether it is new. */
  function write({ sourceId, atMs, headers, body, keys }: NewDelivery): boolean {
    // A source that was removed a moment ago must not fail what arrives with it.
    if (exists.get(sourceId) === undefined) return false
    if (keys.some((key) => knows.get(sourceId, key) !== undefined)) return false
    for (const key of keys) addKey.run(sourceId, key, atMs)
    insert.run({ sourceId, atMs, state: 'waiting', headers: JSON.stringify(headers), body, reason: null })
    return true
  }

  function writeRefusals(of: typeof refusals): void {
    for (const [sourceId, some] of of) {
      if (exists.get(sourceId) === undefined) continue
      for (const { atMs, reason } of some)
        insert.run({ sourceId, atMs, state: 'refused', headers: '[]', body: new Uint8Array(), reason })
      prune.run({ sourceId })
    }
  }

  function flush(): void {
    if (timer) clearTimeout(timer)
    timer = null
    const [now, refused] = [waiting, refusals]
    waiting = []
    bytes = 0
    refusals = new Map()
    if (now.length === 0 && refused.size === 0) return
    try {
      const written = raw
        .transaction(() => {
          writeRefusals(refused)
          return now.map(({ delivery }) => write(delivery))
        })
        .immediate()
      now.forEach(({ done }, index) => done(written[index] === true))
      stored(written.filter(Boolean).length + refused.size)
    } catch (error) {
      for (const { failed } of now) failed(error)
    }
  }

  const soon = () => {
    timer ??= setTimeout(flush, GATHER_MS)
  }
  return {
    get full() {
      return waiting.length >= MOST_WAITING || bytes >= MOST_BYTES
    },
    store: (delivery) =>
      new Promise((done, failed) => {
        waiting.push({ delivery, done, failed })
        bytes += delivery.body.length
        soon()
      }),
    refuse(sourceId, atMs, reason) {
      const known = refusals.get(sourceId) ?? []
      if (known.length < REFUSALS_KEPT) refusals.set(sourceId, [...known, { atMs, reason }])
      soon()
    },
    flush,
  }
}
