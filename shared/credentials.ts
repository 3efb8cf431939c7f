import * as z from 'zod'
import { own } from './calls.ts'
import { Finding } from './sites.ts'

/** What a credential was seen to be allowed, or refused. */
export const CredentialAct = z.object({ act: z.string(), allowed: z.boolean(), atMs: z.number(), note: z.string() })
export type CredentialAct = z.infer<typeof CredentialAct>

/** How a person signs in again, of credentials that end by themselves. */
export const CredentialExpiry = z.object({ atMs: z.number(), command: z.string() })
export type CredentialExpiry = z.infer<typeof CredentialExpiry>

/** A field of the form that a credential is entered anew in. */
export const RotateField = z.object({ name: z.string(), label: z.string(), hidden: z.boolean(), long: z.boolean() })
export type RotateField = z.infer<typeof RotateField>

/** Everything that may be known of a credential. Its value is told to nobody. */
export const Credential = z.object({
  name: z.string(),
  kind: z.enum(['stored', 'aws', 'source']),
  /** "Access keys of distribution E2QWRUHAPOMQZL". */
  what: z.string(),
  sites: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Where the value is. */
  keptIn: z.string(),
  /** Settings have a place for it and the vault has it not. */
  lacking: z.boolean(),
  addedAtMs: z.number().nullable(),
  changedAtMs: z.number().nullable(),
  usedAtMs: z.number().nullable(),
  result: z.enum(['ok', 'refused', 'unreachable']).nullable(),
  /** What its last use was refused with, as a sentence. */
  message: z.string().nullable(),
  acts: z.array(CredentialAct),
  /** Null: it does not end by itself, or nobody knows when. */
  expiry: CredentialExpiry.nullable(),
  /** What stops working without it, as a sentence. */
  withoutIt: z.string(),
  canTest: z.boolean(),
  canRemove: z.boolean(),
  /** None: it is not entered anew here. */
  rotate: z.array(RotateField),
})
export type Credential = z.infer<typeof Credential>

const Named = z.object({ name: z.string().max(300) })
/** Values as they were typed, by the field's name. */
const Values = z.record(z.string(), z.string().max(100_000))

export const credentials = {
  list: own.output(z.array(Credential)),
  test: own.input(Named).output(z.array(Finding)),
  /** The new value is tested before the old one is dropped. `despite`: it is kept although it does not work. */
  rotate: own
    .input(Named.extend({ values: Values, despite: z.boolean().default(false) }))
    .output(z.object({ saved: z.boolean(), findings: z.array(Finding) })),
  remove: own.input(Named).output(z.object({ removed: z.boolean() })),
}
