/** Who sent a purge, as its reference says: short ids without a name in them. */
export interface PurgeReference {
  /** The data folder it was sent from; null for references of the first version, which did not say. */
  readonly install: string | null
  readonly person: string | null
  readonly planId: string
  /** Of the plan's requests, from 1. */
  readonly part: number
}

const SHORT = /^[a-z0-9]{1,40}$/
const PLAN = '[A-Za-z0-9-]{1,80}'
const NOW = new RegExp(`^frostline/([a-z0-9]{1,40})/([a-z0-9]{1,40})/(${PLAN})/([1-9]\\d{0,6})$`)
const FIRST = new RegExp(`^frostline-(${PLAN})-([1-9]\\d{0,6})$`)

/**
 * `frostline/<install>/<person>/<plan>/<n>`: what a vendor keeps with a purge, so that another desktop can tell whose it
 * is. Throws when an id is none: a name or an address must never get in.
 */
export function writeReference(install: string, person: string, planId: string, part: number): string {
  const reference = `frostline/${install}/${person}/${planId}/${part}`
  if (!SHORT.test(install) || !SHORT.test(person) || !NOW.test(reference)) throw new Error('a reference is made of short ids')
  return reference
}

/** What a reference says; null when it is not one of ours. References of the first version, `frostline-<plan>-<n>`, too. */
export function readReference(reference: string): PurgeReference | null {
  const [, install, person, plan = '', part = ''] = NOW.exec(reference) ?? []
  if (install !== undefined && person !== undefined) return { install, person, planId: plan, part: Number(part) }
  const [, planId, number = ''] = FIRST.exec(reference) ?? []
  return planId === undefined ? null : { install: null, person: null, planId, part: Number(number) }
}
