import type { Publisher } from '../publisher.ts'
import type { BuildRecord, BuildRecords } from './build-records.ts'

/**
 * A build whose publishing outlived its core ends as that did. `goesOn`: it is being published still. What is settled is
 * written down, so that it is not asked for again.
 */
export async function settleRecord(
  record: BuildRecord,
  records: Pick<BuildRecords, 'write'>,
  publisher: Publisher | null,
): Promise<{ readonly record: BuildRecord; readonly goesOn: boolean }> {
  if (!record.unsettled || record.release === null) return { record, goesOn: false }
  const outcome = (await publisher?.outcomeOf?.(record.release.id)) ?? null
  if (outcome === null) return { record, goesOn: false }
  if (outcome.state === 'under way')
    return { record: { ...record, state: 'running', endedAtMs: null, error: null }, goesOn: true }
  const published = outcome.state === 'published'
  const settled: BuildRecord = {
    ...record,
    unsettled: false,
    endedAtMs: outcome.endedAtMs ?? record.endedAtMs,
    error: outcome.state === 'failed' ? `Built, but not published. ${outcome.message}` : null,
    release: { ...record.release, published, publishedAtMs: published ? outcome.endedAtMs : null },
  }
  await records.write(settled)
  return { record: settled, goesOn: false }
}
