import { createHash } from 'node:crypto'
import type { Origin } from './origin.ts'

export interface TestRelease {
  readonly id: string
  readonly startedAtMs: number
  readonly published: boolean
  /** Bodies by path. */
  readonly files: Readonly<Record<string, string>>
  readonly redirects?: readonly { readonly from: string; readonly to: string; readonly status: number }[]
}

const iso = (ms: number) => new Date(ms).toISOString()

/** Has the origin tell of builds as a build service does: the list, and what each release consists of. The last published one is live. */
export function tellBuilds(origin: Origin, host: string, releases: readonly TestRelease[], running: string | null = null): void {
  const json = (path: string, document: unknown) =>
    origin.serve(path, {
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: JSON.stringify(document),
    })
  for (const { id, startedAtMs, files, redirects = [] } of releases) {
    json(`/builds/${id}/manifest`, {
      id,
      startedOn: iso(startedAtMs),
      redirects,
      files: Object.entries(files).map(([path, body]) => ({
        host,
        path,
        hash: `sha256-${createHash('sha256').update(body).digest('hex')}`,
        type: 'text/html',
        size: Buffer.byteLength(body),
        tags: [],
      })),
    })
  }
  const done = releases.map(({ id, startedAtMs, published }) => ({
    id: `build-${id}`,
    state: 'succeeded',
    title: `Release ${id}`,
    queuedOn: iso(startedAtMs),
    startedOn: iso(startedAtMs),
    endedOn: iso(startedAtMs + 500),
    release: { id, published, publishedOn: published ? iso(startedAtMs + 600) : null, manifest: `/builds/${id}/manifest` },
  }))
  const now = iso(Date.now())
  const open = running === null ? [] : [{ id: running, state: 'running', title: running, queuedOn: now, startedOn: now }]
  json('/builds', {
    liveReleaseId: releases.findLast(({ published }) => published)?.id ?? null,
    builds: [...open, ...done.toReversed()],
  })
}
