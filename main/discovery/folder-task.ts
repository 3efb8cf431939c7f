import { counted } from '#shared/count-words.ts'
import { AppError } from '#shared/errors.ts'
import { kindOfPath, walkFiles } from '#main/platform/local-files.ts'
import { createPageTaker, PAGES_AT_MOST, type TakeContext, type ZoneRef } from './page-taker.ts'
import type { FindReport, FindResult } from './sources.ts'

export interface FolderInput {
  readonly siteId: string
  readonly zones: readonly ZoneRef[]
  readonly zoneId: number
  readonly path: string
  readonly dropHtml: boolean
}

/** Files that answer for other addresses; nobody visits them by their own. */
const ERROR_PAGES = /^(404|500)(\/index)?\.html$/

/** Takes the pages of a build's output folder: every HTML file, `index.html` as its folder's address. */
export async function findInFolder(
  context: TakeContext,
  input: FolderInput,
  report: FindReport,
  signal: AbortSignal,
): Promise<FindResult> {
  if ((await kindOfPath(input.path)) !== 'folder') {
    throw new AppError('NOT_FOUND', `${input.path} is not a folder on the machine that runs Frostline.`, {
      field: 'source.path',
      fix: 'Give the whole path of the folder that the build writes, such as /home/ada/site/_site.',
    })
  }
  const zoneByHost = new Map(input.zones.map((zone) => [zone.host, zone]))
  const byName = new Map(input.zones.map((zone) => [new URL(zone.url).hostname, zone]))
  const home = input.zones.find((zone) => zone.id === input.zoneId) ?? input.zones[0]
  const taker = createPageTaker(context, { ...input, by: 'folder', pathsInZone: null })
  let files = 0
  for await (const { path } of walkFiles(input.path, signal)) {
    files += 1
    if (files % 1_000 === 0) report({ done: files, note: `${counted(files)} files seen` })
    if (!/\.html$/i.test(path)) continue
    // A build of several zones has a folder for each, by its host.
    const [top = '', ...below] = path.split('/')
    const ofHost = below.length > 0 ? (zoneByHost.get(top) ?? byName.get(top)) : undefined
    const zone = ofHost ?? home
    const file = ofHost ? below.join('/') : path
    if (!zone || ERROR_PAGES.test(file)) continue
    taker.take(zone.url + addressOf(file, input.dropHtml), { field: path })
    await taker.pause()
    if (taker.taken() >= PAGES_AT_MOST) {
      taker.problem('Stopped after 2,000,000 pages.')
      break
    }
  }
  if (taker.taken() === 0) taker.problem('There is no HTML file in this folder. Is it the one that the build writes?')
  return taker.finish()
}

/** Each part of the path is encoded by itself: a file's name may hold a `?` or a `%` of its own. */
function addressOf(file: string, dropHtml: boolean): string {
  const path = `/${file.split('/').map(encodeURIComponent).join('/')}`
  if (path.endsWith('/index.html')) return path.slice(0, -'index.html'.length)
  return dropHtml ? path.replace(/\.html$/i, '') : path
}
