import { AppError } from '#shared/errors.ts'
import type { ReadableKind, Reading } from '#shared/hook-readings.ts'
import { codeOf } from '#main/platform/http-failure.ts'
import type { Http } from '#main/platform/http.ts'
import { askContentful } from './ask-contentful.ts'
import { askGithub } from './ask-github.ts'
import { askSanity } from './ask-sanity.ts'

/** A change in the form in which its vendor would have delivered it. `changedAtMs` is by the vendor's clock. */
export interface AskedChange {
  readonly headers: readonly (readonly [string, string])[]
  readonly body: unknown
  readonly changedAtMs: number
}

/** A part of the answer, and how far it reaches. */
export interface AskedPage {
  readonly changes: readonly AskedChange[]
  /** What was there before the first asking: worth knowing when it is deleted, and no change. */
  readonly known: readonly AskedChange[]
  readonly cursor: string
  /** More is there to be asked for at once. */
  readonly more: boolean
}

export interface Asking {
  readonly http: Http
  readonly token: string | null
  /** Where the last part ended; null: nothing was asked before. */
  readonly cursor: string | null
  /** Content that is known and not known to be gone, by its id. */
  knownIds(): readonly string[]
  readonly nowMs: number
  readonly signal: AbortSignal
}

/** What asking its vendor means for one kind of reading. */
export type Ask<K extends ReadableKind> = (reading: Extract<Reading, { kind: K }>, asking: Asking) => Promise<AskedPage>

/**
 * Asks for the next part of what has changed since `cursor`.
 *
 * @throws AppError `CREDENTIALS_REFUSED`, `NOT_FOUND`, `UNREACHABLE`, `PROVIDER_REFUSED`, or `SlowDown`.
 */
export async function ask(reading: Reading, asking: Asking): Promise<AskedPage> {
  try {
    return await askVendor(reading, asking)
  } catch (error) {
    throw reading.apiUrl === null ? ownAddressFailure(error) : error
  }
}

/** Nobody typed the vendor's own address: where its name is not found, it is this machine that finds none. */
function ownAddressFailure(error: unknown): unknown {
  if (!(error instanceof AppError) || error.code !== 'UNREACHABLE') return error
  const code = codeOf(error.cause)
  if (code !== 'ENOTFOUND' && code !== 'EAI_AGAIN') return error
  return new AppError(
    'UNREACHABLE',
    `${error.message} It is the vendor’s own address: this machine is offline, or only a proxy leads out of its network.`,
    { fix: 'Look whether this machine is online. Behind a proxy, enter it in Settings → Network.', retryable: true },
    error,
  )
}

function askVendor(reading: Reading, asking: Asking): Promise<AskedPage> {
  switch (reading.kind) {
    case 'contentful':
      return askContentful(reading, asking)
    case 'sanity':
      return askSanity(reading, asking)
    case 'github':
      return askGithub(reading, asking)
  }
}
