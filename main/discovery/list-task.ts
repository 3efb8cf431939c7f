import { counted } from '#shared/count-words.ts'
import { readTextParts } from '#main/platform/local-files.ts'
import { createPageTaker, PAGES_AT_MOST, type TakeContext, type ZoneRef } from './page-taker.ts'
import { readList } from './read-list.ts'
import type { FindResult, FindReport } from './sources.ts'

export interface ListInput {
  readonly siteId: string
  readonly zones: readonly ZoneRef[]
  readonly zoneId: number
  readonly from: { readonly text: string } | { readonly file: string }
}

/** Unpacked: a million addresses of a thousand characters. */
const FILE_BYTES_AT_MOST = 1_073_741_824
const REPORT_EVERY = 5_000

/** Takes pages from a pasted text or a file. A line that cannot be taken is told with its number; the rest is kept. */
export async function findInList(
  context: TakeContext,
  input: ListInput,
  report: FindReport,
  signal: AbortSignal,
): Promise<FindResult> {
  const taker = createPageTaker(context, { ...input, by: 'person', pathsInZone: input.zoneId })
  const parts = 'text' in input.from ? once(input.from.text) : readTextParts(input.from.file, FILE_BYTES_AT_MOST, signal)
  let lines = 0
  for await (const { refused, ...entry } of readList(parts)) {
    lines += 1
    if (refused) taker.refuse({ ...entry, ...refused })
    else taker.take(entry.text, entry)
    await taker.pause()
    if (lines % REPORT_EVERY === 0) {
      signal.throwIfAborted()
      report({ done: lines, note: `${counted(lines)} lines read` })
    }
    if (taker.taken() >= PAGES_AT_MOST) {
      taker.problem('Stopped after 2,000,000 addresses.')
      break
    }
  }
  return taker.finish()
}

async function* once(text: string): AsyncGenerator<string> {
  yield text.replace(/^\uFEFF/, '')
}
