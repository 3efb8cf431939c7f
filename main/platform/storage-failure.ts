import { statSync } from 'node:fs'
import { AppError } from '#shared/errors.ts'
import { DAMAGED, DAMAGED_FIX } from '#shared/damage.ts'
import { codeOf, isDamage } from './failure-code.ts'

const FULL = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL'])
const READ_ONLY = new Set(['EROFS', 'SQLITE_READONLY', 'SQLITE_READONLY_DIRECTORY', 'SQLITE_READONLY_DBMOVED'])
const FORBIDDEN = new Set(['EACCES', 'EPERM', 'SQLITE_PERM', 'SQLITE_AUTH', 'SQLITE_CANTOPEN'])

/** What it means that files could not be written, as a sentence for the person who starts it; null for other errors. */
export function storageSentence(error: unknown, folder: string): string | null {
  const code = codeOf(error)
  if (FULL.has(code)) {
    return `The disk with ${folder} is full, so nothing can be kept safely. Free some space and start Frostline again; nothing was changed.`
  }
  const owner = otherOwner(folder)
  if (owner !== null && (READ_ONLY.has(code) || FORBIDDEN.has(code))) {
    return `${folder} belongs to another account (user id ${owner}), and this one may not write to it. Start Frostline as that account, or choose another folder with --data.`
  }
  if (READ_ONLY.has(code)) {
    return `${folder} can be read but not written to. Make it writable, or choose another folder with --data.`
  }
  if (FORBIDDEN.has(code)) {
    return `This account may not write to ${folder}. Give it the right to, or choose another folder with --data.`
  }
  if (isDamage(error)) return `${DAMAGED} ${DAMAGED_FIX}`
  if (code.startsWith('SQLITE_IOERR')) {
    return `The disk with ${folder} failed while it was read or written (${code}). Look at the disk, then start Frostline again.`
  }
  return null
}

/** The same while Frostline runs; null for other errors. */
export function storageFailure(error: unknown): AppError | null {
  const code = codeOf(error)
  const fail = (sentence: string, fix: string) => new AppError('INTERNAL', sentence, { fix, retryable: false }, error)
  if (FULL.has(code)) {
    return fail('The disk is full, so this was not kept.', 'Free some space, then do it again. What was kept before is safe.')
  }
  if (isDamage(error)) return fail(DAMAGED, DAMAGED_FIX)
  if (READ_ONLY.has(code)) return fail('The data folder can only be read, so this was not kept.', 'Make it writable again.')
  if (code.startsWith('SQLITE_IOERR'))
    return fail('The disk failed, so this was not kept.', 'Look at the disk of the data folder.')
  return null
}

/** The owner of a folder that is somebody else's; null where systems have no such thing. */
function otherOwner(folder: string): number | null {
  const me = process.getuid?.()
  const facts = me === undefined ? undefined : statSync(folder, { throwIfNoEntry: false })
  return facts && facts.uid !== me ? facts.uid : null
}
