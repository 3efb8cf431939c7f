import { writeReference } from '#shared/purge-reference.ts'
import type { Database } from '#main/platform/database.ts'

/** Names for purges that the vendor keeps: whose desktop, which person, which plan; never a name or an address. */
export interface References {
  /** Of this data folder, the same for as long as it exists. */
  installId(): string
  of(person: string, planId: string, part: number): string
}

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789'
const INSTALL_LENGTH = 8
const PERSON_LENGTH = 4

export function createReferences(db: Database): References {
  const install = db.raw.prepare<[], { id: string }>('SELECT id FROM installs LIMIT 1')
  const addInstall = db.raw.prepare('INSERT INTO installs (id) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM installs)')
  const person = db.raw.prepare<[string], { id: string }>('SELECT id FROM reference_people WHERE name = ?')
  const addPerson = db.raw.prepare('INSERT OR IGNORE INTO reference_people (name, id) VALUES (?, ?)')

  function installId(): string {
    for (;;) {
      const known = install.get()
      if (known) return known.id
      addInstall.run(shortId(INSTALL_LENGTH))
    }
  }

  /** Another person may have drawn the same id: then it is drawn again. */
  function personId(name: string): string {
    for (;;) {
      const known = person.get(name)
      if (known) return known.id
      addPerson.run(name, shortId(PERSON_LENGTH))
    }
  }

  return { installId, of: (name, planId, part) => writeReference(installId(), personId(name), planId, part) }
}

function shortId(length: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => LETTERS[byte % LETTERS.length]).join('')
}
