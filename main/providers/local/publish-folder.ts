import { AppError } from '#shared/errors.ts'
import { dirname, joinPath, makeFolder, removeTree, switchLink } from '#main/platform/folders.ts'
import { kindOfPath } from '#main/platform/local-files.ts'
import { writePrivateFile } from '#main/platform/private-file.ts'

const FIELD = 'builder.publish.folder'

/**
 * The folder, or the nearest one above it that is there, in which it would be made.
 *
 * @throws AppError `BAD_INPUT` when something above it, or it, is a file.
 */
export async function standsIn(folder: string): Promise<string> {
  for (let path = folder; ; path = dirname(path)) {
    const kind = await kindOfPath(path)
    if (kind === 'folder' || dirname(path) === path) return path
    if (kind === 'file')
      throw new AppError(
        'BAD_INPUT',
        `${path} is no folder, so nothing can be published ${path === folder ? 'to' : 'below'} it.`,
        {
          field: FIELD,
          fix: 'Name a folder that your web server serves.',
          retryable: false,
        },
      )
  }
}

/**
 * Does what publishing does, where it would be done: writes a file, switches a link twice, and removes all of it again.
 *
 * @throws AppError `BAD_INPUT` with the field when one of it is not possible.
 */
export async function tryPublishFolder(folder: string): Promise<void> {
  const place = await standsIn(folder)
  const trial = joinPath(place, `.frostline-try-${crypto.randomUUID()}`)
  try {
    await makeFolder(joinPath(trial, 'releases', 'r1'))
    await writePrivateFile(joinPath(trial, 'releases', 'r1', 'index.html'), 'A test of Frostline: it may be removed.')
    await switchLink(joinPath(trial, 'current'), 'releases')
    await switchLink(joinPath(trial, 'current'), joinPath('releases', 'r1'))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    throw new AppError(
      'BAD_INPUT',
      `${place} cannot be published to: a file and a link could not be written there${code}.`,
      { field: FIELD, fix: 'Let the user that runs Frostline write there, or name another folder.', retryable: false },
      error,
    )
  } finally {
    await removeTree(trial).catch(() => {})
  }
}
