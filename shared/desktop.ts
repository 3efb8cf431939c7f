import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { own, read } from './calls.ts'

/** What closing the window does. `ask`, `finish` and `leave` are about work that is queued; without any, Frostline quits. */
export const CLOSING_CHOICES = ['ask', 'tray', 'finish', 'leave'] as const
export const UPDATE_CHANNELS = ['latest', 'beta'] as const

export const DesktopSettings = z.object({
  closing: z.enum(CLOSING_CHOICES),
  /** Whether new versions are looked for and fetched by themselves. */
  updates: z.boolean(),
  channel: z.enum(UPDATE_CHANNELS),
})
export type DesktopSettings = z.infer<typeof DesktopSettings>
export const USUAL_DESKTOP: DesktopSettings = { closing: 'ask', updates: true, channel: 'latest' }

/** How the desktop window stands with newer versions of itself. */
export const UpdateState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off'), why: z.string() }),
  z.object({ kind: z.literal('idle') }),
  z.object({ kind: z.literal('checking') }),
  z.object({ kind: z.literal('newest'), atMs: z.number() }),
  z.object({ kind: z.literal('fetching'), version: z.string(), percent: z.number() }),
  z.object({ kind: z.literal('ready'), version: z.string() }),
  z.object({ kind: z.literal('failed'), why: z.string() }),
])
export type UpdateState = z.infer<typeof UpdateState>

/** What the desktop window tells of itself; the browser shell tells nothing. */
export const DesktopReport = z.object({
  /** Null: there is a tray. Otherwise why there is none, as a sentence. */
  noTrayBecause: z.string().nullable(),
  updates: UpdateState,
})
export type DesktopReport = z.infer<typeof DesktopReport>

export const DESKTOP_WISHES = ['check-for-updates', 'restart-to-update', 'open-data-folder'] as const
export const DesktopWish = z.enum(DESKTOP_WISHES)
export type DesktopWish = z.infer<typeof DesktopWish>

export const desktop = {
  /** `report` is null in the browser shell. */
  get: read.output(z.object({ settings: DesktopSettings, report: DesktopReport.nullable() })),
  save: own.input(DesktopSettings).output(DesktopSettings),
  /** Has the desktop window do something that only it can. Refused where there is none. */
  wish: own.input(z.object({ wish: DesktopWish })).output(z.object({ passed: z.boolean() })),
  /** For the desktop window's own use. */
  report: own.input(DesktopReport).output(z.object({ kept: z.boolean() })),
  /** The same: what people wish of it. */
  wishes: own.output(eventIterator(z.object({ wish: DesktopWish }))),
}
