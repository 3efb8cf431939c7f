import { createHash } from 'node:crypto'
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { ZoneName } from '../platform/zones.ts'
import { tagsIn } from '../site/html.ts'
import { indexFileName, type IndexedFile } from './release-index.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.gz': 'application/gzip',
}

/** Compresses the sitemap of pages and writes down every served file with its hash and tags. */
export function indexRelease(folder: string): void {
  const sitemap = join(folder, 'zones', 'lollies', 'sitemap-pages.xml')
  writeFileSync(`${sitemap}.gz`, gzipSync(readFileSync(sitemap)))
  rmSync(sitemap)
  const zones: readonly ZoneName[] = ['lollies', 'gifts']
  const files = zones.flatMap((zone) => {
    const zoneFolder = join(folder, 'zones', zone)
    return globSync('**/*.*', { cwd: zoneFolder })
      .sort()
      .map((name) => indexFile(folder, zone, name.split(sep).join('/')))
  })
  writeFileSync(join(folder, indexFileName), JSON.stringify(files))
}

function indexFile(folder: string, zone: ZoneName, name: string): IndexedFile {
  const file = `zones/${zone}/${name}`
  const bytes = readFileSync(join(folder, file))
  const extension = extname(name)
  const type = types[extension] ?? 'application/octet-stream'
  return {
    zone,
    path: pathOf(name),
    file,
    hash: `sha256-${createHash('sha256').update(bytes).digest('hex')}`,
    type,
    size: bytes.length,
    tags: extension === '.html' ? tagsIn(bytes.toString('utf8')) : [],
  }
}

/** `lolly/x/index.html` is reached at `/lolly/x`; every other file at its own name. */
function pathOf(name: string): string {
  const path = name.split('/').map(encodeURIComponent).join('/')
  return `/${path.replace(/(^|\/)index\.html$/, '')}`
}
