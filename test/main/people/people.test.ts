import { beforeEach, describe, expect, test } from 'vitest'
import { createPeople, type People } from '#main/people/people.ts'
import { createChanges } from '#main/platform/changes.ts'
import { storedSite, type StoredSite } from '../../support/stored-site.ts'

let site: StoredSite
let people: People
let now = 1_000
beforeEach(async () => {
  site = await storedSite()
  people = createPeople(site.db, () => now, createChanges())
})

describe('A sign-in link', () => {
  test('signs in as its person with its role, again and again, and says when', () => {
    const { person, secret } = people.invite({ name: 'Sam', role: 'support' }, 'Olive')
    expect(person).toMatchObject({ name: 'Sam', role: 'support', invitedBy: 'Olive', lastSeenAtMs: null, revokedAtMs: null })
    now = 2_000
    expect(people.signIn(secret)).toEqual({ personId: person.id, person: 'Sam', role: 'support' })
    expect(people.signIn(secret)).not.toBeNull()
    expect(people.list()[0]?.lastSeenAtMs).toBe(2_000)
  })

  test('is not in the database, only its digest', () => {
    const { secret } = people.invite({ name: 'Sam', role: 'support' }, 'Olive')
    const stored = JSON.stringify(site.db.raw.prepare('SELECT * FROM people').all())
    expect(stored).not.toContain(secret)
    expect(stored).toMatch(/"digest":"[0-9a-f]{64}"/)
  })

  test('that was revoked signs nobody in, and its windows are told', () => {
    const told: string[] = []
    people.onRevoked((personId) => told.push(personId))
    const { person, secret } = people.invite({ name: 'Sam', role: 'operator' }, 'Olive')
    people.revoke(person.id)
    people.revoke(person.id)
    expect(people.signIn(secret)).toBeNull()
    expect(told).toEqual([person.id])
  })

  test('that was never made signs nobody in', () => {
    expect(people.signIn('x'.repeat(43))).toBeNull()
    expect(() => people.revoke('nobody')).toThrow('There is no such sign-in link.')
  })
})
