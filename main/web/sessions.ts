import { createHash, timingSafeEqual } from 'node:crypto'
import { secretText } from '../platform/random-secret.ts'
import type { Identity } from '../core-protocol.ts'

/** How long a one-time token may be used. It travels in an address, so it must be worthless soon. */
export const TOKEN_LIFETIME_MS = 60_000
/** A page that is opened again signs in again; the oldest session makes room. */
const MAX_SESSIONS = 200
const MAX_TOKENS = 200

/** Sign-in without a cookie, which on 127.0.0.1 every other port would be sent too. */
export interface Sessions {
  /** A token that one page may exchange for a session, once, within 60 seconds. */
  issueToken(identity: Identity, onUsed?: () => void): string
  /** Exchanges a token for a session secret; null when it is unknown, used or too old. */
  redeem(token: string): string | null
  /** A session without a token, for somebody whose link the core knows. */
  begin(identity: Identity): string
  /** Ends every session that was begun by this person's link. */
  end(personId: string): void
  /** Whose session this is, or null. */
  identityOf(secret: string): Identity | null
}

interface Token {
  readonly digest: Buffer
  readonly identity: Identity
  readonly expiresAtMs: number
  readonly onUsed: (() => void) | undefined
}

/** Keeps tokens and sessions in memory only, as digests: they end with the process and a dump shows none. */
export function createSessions(now: () => number = Date.now): Sessions {
  let tokens: Token[] = []
  let sessions: { readonly digest: Buffer; readonly identity: Identity }[] = []

  function begin(identity: Identity): string {
    const secret = secretText()
    sessions = [...sessions, { digest: digestOf(secret), identity }].slice(-MAX_SESSIONS)
    return secret
  }

  return {
    issueToken(identity, onUsed) {
      const token = secretText()
      const expiresAtMs = now() + TOKEN_LIFETIME_MS
      tokens = [...tokens, { digest: digestOf(token), identity, expiresAtMs, onUsed }].slice(-MAX_TOKENS)
      return token
    },
    redeem(token) {
      tokens = tokens.filter((known) => known.expiresAtMs >= now())
      const found = find(tokens, token)
      if (!found) return null
      tokens = tokens.filter((known) => known !== found)
      found.onUsed?.()
      return begin(found.identity)
    },
    begin,
    end(personId) {
      sessions = sessions.filter(({ identity }) => identity.personId !== personId)
    },
    identityOf: (secret) => find(sessions, secret)?.identity ?? null,
  }
}

/** Compares a text with a secret in a time that does not tell how much of it was right. */
export function sameSecret(left: string, right: string): boolean {
  return timingSafeEqual(digestOf(left), digestOf(right))
}

function find<T extends { readonly digest: Buffer }>(known: readonly T[], text: string): T | undefined {
  const digest = digestOf(text)
  return known.find((one) => timingSafeEqual(one.digest, digest))
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
