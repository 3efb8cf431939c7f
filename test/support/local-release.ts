import { hash } from 'node:crypto'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { LocalRelease, ReleaseFile } from '#main/providers/publisher.ts'

/** Files of a made-up site, by name. */
export type SiteFiles = Readonly<Record<string, string>>

/** A folder as a build leaves it. */
export function writeSite(files: SiteFiles): string {
  const folder = mkdtempSync(join(tmpdir(), 'frostline-built-'))
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), text)
  }
  return folder
}

/** A finished build of these files. `tags`: by file. */
export function localRelease(id: string, files: SiteFiles, tags: Readonly<Record<string, readonly string[]>> = {}): LocalRelease {
  return {
    id,
    folder: writeSite(files),
    title: `Release ${id}`,
    startedAtMs: Date.now(),
    redirects: [],
    files: Object.entries(files).map(([file, text]): ReleaseFile => {
      return {
        file,
        path: `/${file.replace(/(^|\/)index\.html$/, '$1')}`,
        hash: `sha256-${hash('sha256', text, 'hex')}`,
        type: file.endsWith('.html') ? 'text/html' : 'application/octet-stream',
        sizeBytes: Buffer.byteLength(text),
        tags: tags[file] ?? [],
      }
    }),
  }
}
