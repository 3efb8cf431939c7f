import { AppError } from '#shared/errors.ts'
import { EXPORT_ENDING, EXPORT_LONGEST } from '#shared/settings-file.ts'
import { kindOfPath, readWholeText } from '#main/platform/local-files.ts'

/** UTF-8 takes up to four bytes for a character. */
const MOST_BYTES = EXPORT_LONGEST * 4

/**
 * A file of settings of this machine, as text and with its name. Throws `AppError` at the field `path` for what is no such
 * file, is not there or may not be read, or is too large.
 */
export async function readSettingsFromDisk(path: string, signal: AbortSignal): Promise<{ name: string; text: string }> {
  const name = path.split(/[\\/]/).at(-1) ?? path
  // A panel cannot have other files read out in this way.
  if (!name.toLowerCase().endsWith(`.${EXPORT_ENDING}`))
    throw refusal(`${name} is not a file of settings: its name does not end in .${EXPORT_ENDING}.`)
  try {
    if ((await kindOfPath(path)) === 'folder') throw refusal(`${name} is a folder, not a file.`)
    const text = await readWholeText(path, MOST_BYTES, signal)
    if (text.length > EXPORT_LONGEST) throw refusal('This file is too large for settings. Export fewer sites into one file.')
    return { name, text }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError(error.code, error.message, { ...error.details, field: 'path' }, error.cause)
  }
}

const refusal = (message: string) =>
  new AppError('BAD_INPUT', message, { field: 'path', fix: 'Choose a file that was made with Export settings.' })
