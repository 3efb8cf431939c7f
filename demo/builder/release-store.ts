import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseRedirects } from '../origin/redirect-rules.ts'
import type { DemoClock } from '../platform/clock.ts'
import type { DemoDatabase } from '../platform/database.ts'
import type { Zone } from '../platform/zones.ts'
import { indexFileName, readIndex, type IndexedFile } from './release-index.ts'

export interface Release {
  readonly number: number
  readonly buildId: string
  readonly startedOn: string
  readonly publishedOn: string | null
}

const kept = 10

/** The immutable release folders and what is known about them. */
export class ReleaseStore {
  readonly #database: DemoDatabase
  readonly #folder: string
  readonly #zones: readonly Zone[]
  readonly #clock: DemoClock

  constructor(database: DemoDatabase, folder: string, zones: readonly Zone[], clock: DemoClock) {
    this.#database = database
    this.#folder = folder
    this.#zones = zones
    this.#clock = clock
  }

  /** Where a build writes before its release exists. */
  workFolder(buildNumber: number): string {
    return join(this.#folder, `building-${String(buildNumber)}`)
  }

  manifestFile(releaseId: string): string {
    return join(this.#folder, releaseId, 'manifest.json')
  }

  find(releaseId: string): Release | null {
    return this.#database.prepare<[number], Release>('SELECT * FROM releases WHERE number = ?').get(numberIn(releaseId)) ?? null
  }

  list(): readonly Release[] {
    return this.#database.prepare<[], Release>('SELECT * FROM releases ORDER BY number DESC').all()
  }

  /** Turns a finished work folder into the release of that build. @returns its id. */
  add(buildNumber: number, startedOn: string): string {
    const id = `r-${String(buildNumber)}`
    const work = this.workFolder(buildNumber)
    const files = this.#withDates(readIndex(work), startedOn)
    writeFileSync(join(work, indexFileName), JSON.stringify(files))
    const hosts = new Map(this.#zones.map((zone) => [zone.name, zone.host]))
    writeFileSync(
      join(work, 'manifest.json'),
      JSON.stringify({
        id,
        buildId: `b-${String(buildNumber)}`,
        startedOn,
        files: files.map((file) => ({
          host: hosts.get(file.zone),
          path: file.path,
          hash: file.hash,
          type: file.type.replace(/;.*/, ''),
          size: file.size,
          tags: file.tags,
        })),
        redirects: parseRedirects(readFileSync(join(work, '_redirects'), 'utf8')),
      }),
    )
    const target = join(this.#folder, id)
    rmSync(target, { recursive: true, force: true })
    renameSync(work, target)
    this.#database
      .prepare('INSERT INTO releases (number, buildId, startedOn) VALUES (?, ?, ?)')
      .run(buildNumber, `b-${String(buildNumber)}`, startedOn)
    return id
  }

  /** Remembers when a release first went live. */
  markPublished(releaseId: string): void {
    this.#database
      .prepare('UPDATE releases SET publishedOn = coalesce(publishedOn, ?) WHERE number = ?')
      .run(this.#clock.nowIso(), numberIn(releaseId))
  }

  /** Whether a newer release than this one has been live. */
  isBehindPublished(releaseId: string | null): boolean {
    const newest = this.list().find(({ publishedOn }) => publishedOn !== null)
    return releaseId !== null && newest !== undefined && newest.number > numberIn(releaseId)
  }

  /** Deletes all but the newest ten releases; those in use stay. */
  prune(inUse: readonly (string | null)[]): void {
    for (const { number } of this.list().slice(kept)) {
      const id = `r-${String(number)}`
      if (inUse.includes(id)) continue
      rmSync(join(this.#folder, id), { recursive: true, force: true })
      this.#database.prepare('DELETE FROM releases WHERE number = ?').run(number)
    }
  }

  /** A file whose bytes were the same in the release before keeps its date. */
  #withDates(files: readonly IndexedFile[], startedOn: string): readonly IndexedFile[] {
    const [previous] = this.list()
    const known = new Map(
      (previous === undefined ? [] : readIndex(join(this.#folder, `r-${String(previous.number)}`))).map((file) => [
        `${file.file} ${file.hash}`,
        file.modifiedOn,
      ]),
    )
    return files.map((file) => ({ ...file, modifiedOn: known.get(`${file.file} ${file.hash}`) ?? startedOn }))
  }
}

function numberIn(releaseId: string): number {
  return Number(/^r-(\d+)$/.exec(releaseId)?.[1] ?? -1)
}
