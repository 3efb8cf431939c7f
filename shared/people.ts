import * as z from 'zod'
import { own, ROLES } from './calls.ts'

/** Somebody who may open the panel in a browser by a link of their own. */
export const Person = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  invitedAtMs: z.number(),
  invitedBy: z.string(),
  /** Null: the link was never opened. */
  lastSeenAtMs: z.number().nullable(),
  /** Null: the link works. */
  revokedAtMs: z.number().nullable(),
})
export type Person = z.infer<typeof Person>

export const PersonInput = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'Say whose link it is, such as “Sam, support”')
    .max(80, 'A name can be at most 80 characters long'),
  role: z.enum(ROLES),
})

/** People with a sign-in link. Whoever is at the machine itself needs none and is the owner. */
export const people = {
  list: own.output(z.array(Person)),
  /** `secret`: the part of the link that signs in. It is told this once and kept only as a digest. */
  invite: own.input(PersonInput).output(z.object({ person: Person, secret: z.string() })),
  /** The link stops working, and windows that were opened by it are signed out. */
  revoke: own.input(z.object({ personId: z.string() })).output(Person),
}
