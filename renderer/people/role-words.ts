import type { Role } from '#shared/calls.ts'

export const ROLE_WORDS: Record<Role, string> = { owner: 'Owner', operator: 'Operator', support: 'Support' }

/** What each role may do, in a sentence. */
export const ROLE_MEANS: Record<Role, string> = {
  owner: 'Everything, sites, credentials, limits and people included.',
  operator: 'Checks, builds, marks and purges. No sites, credentials, limits or people.',
  support: 'Reads everything and asks Why?. Changes nothing and costs nothing.',
}
