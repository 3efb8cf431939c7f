import { lookup } from 'mrmime'
import { AppError } from '#shared/errors.ts'
import { digestOfFile, readBytes, sha256 } from '#main/platform/file-bytes.ts'
import { kindOfPath, walkFiles } from '#main/platform/local-files.ts'
import type { LocalRelease, ReleaseFile } from '#main/providers/publisher.ts'

export interface ReadFolderInput {
  readonly id: string
  readonly path: string
  readonly title: string
  readonly startedAtMs: number
}

/** The tags that a page names in its HTML. */
export type TagsOf = (body: Buffer) => readonly string[]

/** What a build has written, as a release. Runs on the work thread: every byte is read. Throws `AppError`. */
export async function readFolder(tagsOf: TagsOf, input: ReadFolderInput, signal: AbortSignal): Promise<LocalRelease> {
  if ((await kindOfPath(input.path)) !== 'folder') {
    throw new AppError('NOT_FOUND', `${input.path} is not a folder on the machine that runs Frostline.`, {
      field: 'path',
      fix: 'Give the whole path of the folder that the build writes, such as /home/ada/site/_site.',
    })
  }
  const files: ReleaseFile[] = []
  for await (const { path: file, sizeBytes } of walkFiles(input.path, signal)) {
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
  return { id, folder, title, startedAtMs, files }
}

function addressOf(file: string): string {
  return `/${file.split('/').map(encodeURIComponent).join('/')}`.replace(/\/index\.html$/, '/')
}
