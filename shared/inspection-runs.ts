import * as z from 'zod'
import { act, read } from './calls.ts'
import { PageFilter } from './pages.ts'

/** `capped`: stopped because the origin has rendered as often for it as was allowed. Going on takes a higher limit. */
export const RUN_STATES = ['running', 'paused', 'capped', 'done', 'cancelled', 'failed'] as const

/** Which pages of a site are checked: those of a filter, as it was when the check began. */
export const RunSelection = z.object({
  filter: PageFilter.default({}),
  exceptPageIds: z.array(z.number()).max(100_000).default([]),
})
export type RunSelection = z.infer<typeof RunSelection>

/** A check of a whole site or of a filter. It goes on after a restart where it stopped. */
export const InspectionRun = z.object({
  id: z.number(),
  siteId: z.string(),
  state: z.enum(RUN_STATES),
  by: z.string(),
  startedAtMs: z.number(),
  endedAtMs: z.number().nullable(),
  /** Every page of the site, or those of a filter. */
  whole: z.boolean(),
  total: z.number(),
  done: z.number(),
  failed: z.number(),
  /** Pages of which the check itself stored a copy at the edge. */
  filled: z.number(),
  /** Requests that the origin had to answer for it, and where it stops. */
  renders: z.number(),
  rendersAtMost: z.number(),
  /** Pages whose copy is another one than at the check before. */
  changed: z.number(),
  /** At the pace of the last minute; null while that is not known, or while nothing runs. */
  leftMs: z.number().nullable(),
  /** The site asked for a pause: nothing is asked of it before. */
  waitsUntilMs: z.number().nullable(),
  note: z.string(),
})
export type InspectionRun = z.infer<typeof InspectionRun>

export const RendersAtMost = z.number().int().min(1, 'Allow at least 1 render').max(1_000_000)

/** When a site is checked by itself, while Frostline runs. */
export const CheckSchedule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('off') }),
  z.object({ kind: z.literal('every'), minutes: z.number().int().min(1, 'At least 1 minute').max(43_200) }),
  z.object({
    kind: z.literal('cron'),
    cron: z.string().trim().min(1, 'Write it as: minute hour day month weekday').max(100),
    timeZone: z.string().trim().min(1, 'Name a time zone such as Europe/Berlin').max(60),
  }),
])
export type CheckSchedule = z.infer<typeof CheckSchedule>

/** How a site is checked: how hard it may be asked, what it may cost, and when by itself. */
export const CheckSettings = z.object({
  /** Requests under way at one time, over all hosts of the site. */
  parallel: z.number().int().min(1, 'At least 1 request at a time').max(64),
  /** Null: as many as the parallel ones bring. */
  perSecond: z.number().min(0.1, 'At least 0.1 requests a second').max(10_000).nullable(),
  rendersAtMost: RendersAtMost,
  schedule: CheckSchedule,
})
export type CheckSettings = z.infer<typeof CheckSettings>

const InSite = z.object({ siteId: z.string() })
const ByRun = z.object({ runId: z.number() })

export const inspectionRuns = {
  startRun: act.input(InSite.extend({ selection: RunSelection, rendersAtMost: RendersAtMost })).output(InspectionRun),
  pauseRun: act.input(ByRun).output(InspectionRun),
  /** Goes on with a paused one, or with a capped one under a higher limit. */
  resumeRun: act.input(ByRun.extend({ rendersAtMost: RendersAtMost.optional() })).output(InspectionRun),
  cancelRun: act.input(ByRun).output(InspectionRun),
  /** The run that is under way, or else the last one. */
  latestRun: read.input(InSite).output(InspectionRun.nullable()),
  /** Rows that somebody looks at: a run that is under way checks them first. */
  showFirst: read.input(InSite.extend({ pageIds: z.array(z.number()).max(500) })).output(z.object({ first: z.number() })),
  settings: read.input(InSite).output(CheckSettings.extend({ nextAtMs: z.number().nullable() })),
  saveSettings: act
    .input(InSite.extend({ settings: CheckSettings }))
    .output(CheckSettings.extend({ nextAtMs: z.number().nullable() })),
}
