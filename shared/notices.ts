import { eventIterator } from '@orpc/contract'
import * as z from 'zod'
import { own, read } from './calls.ts'

/** What a person can be told of while the panel is not in front of them. */
export const NOTICE_KINDS = [
  'build-done',
  'build-failed',
  'purge-verified',
  'purge-not-new',
  'budget-part',
  'budget-soft',
  'budget-hard',
  'source-failing',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** Something that happened, for a notification of the system: no secret and no address is in it. */
export const Notice = z.object({
  kind: z.enum(NOTICE_KINDS),
  title: z.string(),
  body: z.string(),
  /** Where the panel shows more of it: a path of the panel's own. */
  route: z.string(),
})
export type Notice = z.infer<typeof Notice>

/** Which of them are wanted. */
export const NoticeSettings = z.record(z.enum(NOTICE_KINDS), z.boolean())
export type NoticeSettings = z.infer<typeof NoticeSettings>

export const notices = {
  settings: read.output(NoticeSettings),
  save: own.input(z.object({ wanted: NoticeSettings })).output(NoticeSettings),
  /** What happens from now on, as far as it is wanted. */
  listen: read.output(eventIterator(Notice)),
}
