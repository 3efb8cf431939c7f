import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readIndex, type IndexedFile } from '../builder/release-index.ts'
import type { ZoneName } from '../platform/zones.ts'
import { parseHeaderRules, type HeaderRule } from './header-rules.ts'
import { parseRedirects, type RedirectRule } from './redirect-rules.ts'

/** A release as the origin serves it. It never changes, so everything read stays in memory. */
export class ReleaseFiles {
  readonly redirects: readonly RedirectRule[]
  readonly headerRules: readonly HeaderRule[]
  readonly #folder: string
  readonly #files: ReadonlyMap<string, IndexedFile>
  readonly #bytes = new Map<string, Buffer>()

  constructor(folder: string) {
    this.#folder = folder
    this.redirects = parseRedirects(readFileSync(join(folder, '_redirects'), 'utf8'))
    this.headerRules = parseHeaderRules(readFileSync(join(folder, '_headers'), 'utf8'))
    this.#files = new Map(readIndex(folder).map((file) => [`${file.zone} ${file.path}`, file]))
  }

  /** @param path percent-encoded, in the form of `encodeURIComponent` for each segment. */
  find(zone: ZoneName, path: string): IndexedFile | null {
    return this.#files.get(`${zone} ${path}`) ?? null
  }

  read(file: IndexedFile): Buffer {
    const known = this.#bytes.get(file.file)
    if (known !== undefined) return known
    const bytes = readFileSync(join(this.#folder, file.file))
    this.#bytes.set(file.file, bytes)
    return bytes
  }
}

const loadedLimit = 4

/** The releases in use, the latest few of them loaded. */
export class ReleaseLibrary {
  readonly #releasesFolder: string
  readonly #loaded = new Map<string, ReleaseFiles>()

  constructor(releasesFolder: string) {
    this.#releasesFolder = releasesFolder
  }

  open(releaseId: string): ReleaseFiles | null {
    const known = this.#loaded.get(releaseId)
    if (known !== undefined) return known
    const folder = join(this.#releasesFolder, releaseId)
    if (!existsSync(join(folder, 'manifest.json'))) return null
    const files = new ReleaseFiles(folder)
    this.#loaded.set(releaseId, files)
    const [oldest] = this.#loaded.keys()
    if (this.#loaded.size > loadedLimit && oldest !== undefined) this.#loaded.delete(oldest)
    return files
  }

  forgetAll(): void {
    this.#loaded.clear()
  }
}
