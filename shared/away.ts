import * as z from 'zod'
import { read } from './calls.ts'

/** A shorter pause, such as a restart, is no absence. */
export const AWAY_FROM_MINUTES = 30

/** What happened to a site while this machine slept or Frostline was closed. */
export const Away = z.object({
  fromMs: z.number(),
  toMs: z.number(),
  /** Changes of content that were told of since. */
  changes: z.number().int(),
  /** Builds that others began. */
  builds: z.number().int(),
  /** Items that were purged with the account from elsewhere. */
  purgesElsewhere: z.number().int(),
})
export type Away = z.infer<typeof Away>

const InSite = z.object({ siteId: z.string() })

export const away = {
  /** Null when there was no long absence, or its summary was read. */
  get: read.input(InSite).output(Away.nullable()),
  dismiss: read.input(z.object({ toMs: z.number() })).output(z.object({ dismissed: z.boolean() })),
}
