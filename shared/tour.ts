import * as z from 'zod'
import { read } from './calls.ts'

/** The built-in site, for the tour through the panel. */
/** The link of the built-in site that changes its content. */
export const DEMO_CONTROLS = 'Demo controls'

export const DemoState = z.object({
  /** Whether this Frostline has a built-in site at all; it may not be there yet. */
  comes: z.boolean(),
  siteId: z.string().nullable(),
  controlsUrl: z.string().nullable(),
  /** Changes when somebody edits the main menu; null while the built-in site does not answer. */
  menu: z.string().nullable(),
})
export type DemoState = z.infer<typeof DemoState>

export const tour = { demo: read.output(DemoState) }
