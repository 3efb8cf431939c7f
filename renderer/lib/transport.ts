import type { ClientLink } from '@orpc/client'

/** Calls carry nothing beside their input; oRPC writes that as this empty record. */
// oxlint-disable-next-line typescript/no-generated-empty-object-type
export type LinkContext = Record<never, never>

/** Why a session ended: the connection broke, or the core does not know this window. */
export type SessionEnd = 'lost' | 'not-signed-in'

/** One open line to the core. */
export interface Session {
  readonly link: ClientLink<LinkContext>
  readonly ended: Promise<SessionEnd>
}

/** Opens a session, or says why there is none. */
export type OpenSession = () => Promise<Session | SessionEnd>
