import { AppError } from '#shared/errors.ts'
import type { Role } from '#shared/calls.ts'
import type { Person } from '#shared/people.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { digestOf, secretText } from '#main/platform/random-secret.ts'

/** Who opened a link, for the shell to sign in. */
export interface SignedIn {
  readonly personId: string
  readonly person: string
  readonly role: Role
}

/** Named sign-in links with a role. Of a link only a digest is kept. */
export interface People {
  list(): Person[]
  /** The secret is told once. */
  invite(input: { readonly name: string; readonly role: Role }, by: string): { person: Person; secret: string }
  /** Throws `NOT_FOUND`. Revoking twice changes nothing. */
  revoke(personId: string): Person
  /** Null for an unknown or revoked link. */
  signIn(secret: string): SignedIn | null
  /** Called after a link was revoked, so that its windows can be signed out. */
  onRevoked(listener: (personId: string) => void): void
}

const COLUMNS = `id, name, role, invited_at AS invitedAtMs, invited_by AS invitedBy, last_seen_at AS lastSeenAtMs,
  revoked_at AS revokedAtMs`

export function createPeople(db: Database, clock: Clock, changes: Changes): People {
  const listeners: ((personId: string) => void)[] = []
  const all = db.raw.prepare<[], Person>(`SELECT ${COLUMNS} FROM people ORDER BY revoked_at IS NOT NULL, name, invited_at`)
  const one = db.raw.prepare<[string], Person>(`SELECT ${COLUMNS} FROM people WHERE id = ?`)
  const byDigest = db.raw.prepare<[string], Person>(`SELECT ${COLUMNS} FROM people WHERE digest = ? AND revoked_at IS NULL`)
  const insert = db.raw.prepare(
    'INSERT INTO people (id, name, role, digest, invited_at, invited_by) VALUES (@id, @name, @role, @digest, @now, @by)',
  )
  const seen = db.raw.prepare('UPDATE people SET last_seen_at = ? WHERE id = ?')
  const revoke = db.raw.prepare('UPDATE people SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL')
  const read = (personId: string): Person => {
    const person = one.get(personId)
    if (!person) throw new AppError('NOT_FOUND', 'There is no such sign-in link.', { field: 'personId' })
    return person
  }
  return {
    list: () => all.all(),
    invite({ name, role }, by) {
      const secret = secretText()
      const id = secretText().slice(0, 12)
      insert.run({ id, name, role, digest: digestOf(secret), now: clock(), by })
      changes.tell('people')
      return { person: read(id), secret }
    },
    revoke(personId) {
      read(personId)
      if (revoke.run(clock(), personId).changes > 0) {
        for (const tell of listeners) tell(personId)
        changes.tell('people')
      }
      return read(personId)
    },
    signIn(secret) {
      const person = byDigest.get(digestOf(secret))
      if (!person) return null
      seen.run(clock(), person.id)
      changes.tell('people')
      return { personId: person.id, person: person.name, role: person.role }
    },
    onRevoked: (listener) => void listeners.push(listener),
  }
}
