import { AppError } from '#shared/errors.ts'

/** Carries an error's code where the error itself cannot be: over the border of a thread only plain objects come. */
interface Coded {
  readonly code?: unknown
  readonly cause?: unknown
}

const isCoded = (error: unknown): error is Coded => typeof error === 'object' && error !== null

/** The code that SQLite or the system gave, of the error or of what caused it; empty without one. Our own codes are left out. */
export function codeOf(error: unknown): string {
  for (let at = error; isCoded(at); at = at.cause) {
    if (!(at instanceof AppError) && typeof at.code === 'string') return at.code
  }
  return ''
}

/** Whether SQLite says that a file is damaged, rather than locked, forbidden or on a full disk. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB|IOERR_SHORT_READ)/.test(codeOf(error))
}
