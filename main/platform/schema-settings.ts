import type { Generated } from 'kysely'

/** Instants are Unix milliseconds. */
export interface SettingsTables {
  credentials: CredentialsTable
  credential_acts: CredentialActsTable
}

/** Of a site that was removed and can be restored; null for all others. */
export interface SiteRemovalColumns {
  removed_at: Generated<number | null>
  removed_by: Generated<string | null>
}

/** What is known of a credential beside its value, which only the vault has. */
export interface CredentialsTable {
  /** Of the vault (`site:ID:edge`), or of what is only read (`aws:profile:NAME`, `aws:default`). */
  name: string
  /** Null: before this was written down. */
  added_at: number | null
  /** When another value was entered last. */
  changed_at: number | null
  used_at: number | null
  /** How its last use ended. */
  result: 'ok' | 'refused' | 'unreachable' | null
  message: string | null
}

/** What a credential was seen to be allowed, or refused. */
export interface CredentialActsTable {
  name: string
  act: string
  at: number
  allowed: number
  note: string
}
