import * as z from 'zod'
import { act, read } from './calls.ts'

/** Whether what runs by itself stands still. Null: it runs. */
export const AutomationPause = z.object({ atMs: z.number(), by: z.string() }).nullable()
export type AutomationPause = z.infer<typeof AutomationPause>

/** Schedules, rules and plans that no person started. What people do goes on. */
export const automation = {
  pause: read.output(AutomationPause),
  setPaused: act.input(z.object({ paused: z.boolean() })).output(AutomationPause),
}
