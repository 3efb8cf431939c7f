import { lookup } from 'mrmime'
import { AppError } from '#shared/errors.ts'
import { digestOfFile, readBytes, sha256 } from '#main/platform/file-bytes.ts'
import { kindOfPath, readWholeText, walkFiles } from '#main/platform/local-files.ts'
import type { RedirectRule } from '#main/providers/builder.ts'
import type { LocalRelease, ReleaseFile } from '#main/providers/publisher.ts'

export interface ReadFolderInput {
  readonly id: string
  readonly path: string
  readonly title: string
  readonly startedAtMs: number
}

/** They are for whoever answers requests, and are no pages. */
const LEFT_OUT = new Set(['_redirects', '_headers'])
const MOST_RULES_BYTES = 5_000_000

/** What is read of a build's files: how they say it is for others to know. */
export interface FolderReaders {
  /** The tags that a page names in its HTML. */
  tagsOf(body: Buffer): readonly string[]
  /** The rules of a `_redirects` file, in the order of matching. */
  rulesOf(text: string): readonly RedirectRule[]
}

/** What a build has written, as a release. Runs on the work thread: every byte is read. Throws `AppError`. */
export async function readFolder(
  { tagsOf, rulesOf }: FolderReaders,
  input: ReadFolderInput,
  signal: AbortSignal,
): Promise<LocalRelease> {
  if ((await kindOfPath(input.path)) !== 'folder') {
    throw new AppError('NOT_FOUND', `${input.path} is not a folder on the machine that runs Frostline.`, {
      field: 'path',
      fix: 'Give the whole path of the folder that the build writes, such as /home/ada/site/_site.',
    })
  }
  const files: ReleaseFile[] = []
  for await (const { path: file, sizeBytes } of walkFiles(input.path, signal)) {
    if (LEFT_OUT.has(file)) continue
    const type = lookup(file) ?? 'application/octet-stream'
    const body = type === 'text/html' ? await readBytes(input.path, file) : null
    const hash = body ? sha256(body) : await digestOfFile(input.path, file, 'sha256')
    const tags = body ? tagsOf(body) : []
    files.push({ file, path: addressOf(file), hash: `sha256-${hash}`, type, sizeBytes: body?.length ?? sizeBytes, tags })
  }
  if (!files.some(({ type }) => type === 'text/html')) {
    throw new AppError('BAD_INPUT', `There is no page in ${input.path}.`, {
      field: 'path',
      fix: 'Choose the folder that the build writes, with its index.html.',
    })
  }
  const { id, path: folder, title, startedAtMs } = input
  const rules = await readWholeText(`${folder}/_redirects`, MOST_RULES_BYTES, signal).catch(() => '')
  return { id, folder, title, startedAtMs, files, redirects: [...rulesOf(rules)] }
}

function addressOf(file: string): string {
  return `/${file.split('/').map(encodeURIComponent).join('/')}`.replace(/\/index\.html$/, '/')
}
