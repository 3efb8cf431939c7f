import type { LogEntry } from '#shared/activity.ts'
import type { PurgeRecord } from '#shared/budget.ts'
import type { Build } from '#shared/builds.ts'
import type { Delivery } from '#shared/hooks.ts'
import type { PageRow } from '#shared/pages.ts'
import type { Person } from '#shared/people.ts'
import type { Plan } from '#shared/plans.ts'
import type { Site } from '#shared/sites.ts'
import {
  BUILD_WORDS,
  deliverySays,
  freshnessSays,
  KIND_WORDS,
  planSays,
  PURGE_WORDS,
  RESULT_WORDS,
  SOURCE_WORDS,
} from '#shared/state-words.ts'
import type { TagRow } from '#shared/tags.ts'
import type { ExportColumn, ExportValue } from './write-part.ts'

/** An instant as ISO 8601 writes it, in UTC and to the millisecond. */
const instant = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString())
/** Whole micro-dollars as dollars, every digit kept. */
const dollars = (microDollars: number | null): string | null =>
  microDollars === null ? null : (microDollars / 1_000_000).toFixed(6)

/** A state: people's files have the words of the screen, programs' files the code and the words beside it. */
interface State<Row> {
  readonly code: (row: Row) => ExportValue
  readonly says: (row: Row) => string | null
}

const columns = <Row>(all: Readonly<Record<string, ((row: Row) => ExportValue) | State<Row>>>): readonly ExportColumn<Row>[] =>
  Object.entries(all).flatMap(([name, of]): ExportColumn<Row>[] =>
    typeof of === 'function'
      ? [{ name, of }]
      : [
          { name, of: of.says, only: 'csv' },
          { name, of: of.code, only: 'json' },
          { name: `${name} in words`, of: of.says, only: 'json' },
        ],
  )

/** The address of a page's zone, without a slash at its end. */
export const pageColumns = (zoneUrl: (zoneId: number) => string) =>
  columns<PageRow>({
    url: (row) => zoneUrl(row.zoneId) + row.path,
    path: (row) => row.path,
    freshness: { code: (row) => row.word, says: (row) => freshnessSays(row.word, row.proven) },
    compared: (row) => row.proven,
    'served as': (row) => row.servedAs,
    status: (row) => row.status,
    tags: (row) => row.tags,
    'copy made (UTC)': (row) => instant(row.copyMadeAtMs),
    'fresh until (UTC)': (row) => instant(row.freshUntilMs),
    'stale until (UTC)': (row) => instant(row.staleUntilMs),
    'last checked (UTC)': (row) => instant(row.observedAtMs),
    'seen from': (row) => row.vantage,
    'first byte (ms)': (row) => row.ttfbMs,
    'check failed (UTC)': (row) => instant(row.failedAtMs),
    failure: (row) => row.failure,
    'waits for': (row) => row.waitsFor,
  })

export const tagColumns = columns<TagRow>({
  tag: (row) => row.tag,
  class: (row) => row.class,
  pages: (row) => row.pages,
  'pages by HTML': (row) => row.htmlPages,
  'pages by header': (row) => row.headerPages,
  'last change (UTC)': (row) => instant(row.changedAtMs),
  'other spellings': (row) => row.spellings,
  'to look at': (row) => row.lints,
})

export const planColumns = columns<Plan>({
  id: (row) => row.id,
  state: { code: (row) => row.state, says: planSays },
  title: (row) => row.title,
  result: (row) => row.result,
  by: (row) => row.by,
  'created (UTC)': (row) => instant(row.createdAtMs),
  items: (row) => row.purge.itemCount,
  pages: (row) => row.purge.pageCount,
  'other pages that go cold': (row) => row.purge.alsoCold,
  dollars: (row) => dollars(row.purge.priceMicroDollars),
  'micro-dollars': (row) => row.purge.priceMicroDollars,
})

export const purgeColumns = columns<PurgeRecord>({
  'date (UTC)': (row) => (row.dated ? instant(row.atMs) : null),
  month: (row) => row.month,
  'sent by': (row) => row.by,
  source: { code: (row) => row.source, says: (row) => SOURCE_WORDS[row.source] },
  site: (row) => row.siteName,
  distribution: (row) => row.distributionId,
  for: (row) => row.plan?.title ?? null,
  items: (row) => row.itemCount,
  'charged items': (row) => row.chargedItems,
  dollars: (row) => dollars(row.microDollars),
  'micro-dollars': (row) => row.microDollars,
  state: { code: (row) => row.state, says: (row) => PURGE_WORDS[row.state] },
  id: (row) => row.id,
})

export const buildColumns = columns<Build>({
  id: (row) => row.id,
  state: { code: (row) => row.state, says: (row) => BUILD_WORDS[row.state] },
  title: (row) => row.title,
  causes: (row) => row.causes.join('; '),
  'queued (UTC)': (row) => instant(row.queuedAtMs),
  'started (UTC)': (row) => instant(row.startedAtMs),
  'ended (UTC)': (row) => instant(row.endedAtMs),
  'took (ms)': (row) => (row.startedAtMs === null || row.endedAtMs === null ? null : row.endedAtMs - row.startedAtMs),
  release: (row) => row.release?.id ?? null,
  live: (row) => row.release?.live ?? null,
  error: (row) => row.error,
})

/** Without headers and bodies, which may hold what is not public. */
export const deliveryColumns = columns<Delivery>({
  id: (row) => row.id,
  'at (UTC)': (row) => instant(row.atMs),
  source: (row) => row.sourceName,
  state: { code: (row) => row.state, says: deliverySays },
  reason: (row) => row.reason,
  event: (row) => row.rawEvent ?? row.event,
  type: (row) => row.type,
  content: (row) => row.contentId,
  'rules did': (row) => row.rules.flatMap(({ did }) => did).join('; '),
  work: (row) => row.work.map(({ kind, state }) => `${kind} ${state}`).join('; '),
  items: (row) => sumOf(row.work, ({ cost }) => cost?.items ?? 0),
  'micro-dollars': (row) => sumOf(row.work, ({ cost }) => cost?.microDollars ?? 0),
  'replay of': (row) => row.replayOf,
  'size (bytes)': (row) => row.sizeBytes,
})

export const activityColumns = columns<LogEntry>({
  'at (UTC)': (row) => instant(row.atMs),
  by: (row) => row.by,
  kind: { code: (row) => row.kind, says: (row) => KIND_WORDS[row.kind] },
  what: (row) => row.text,
  site: (row) => row.siteName,
  result: { code: (row) => row.result, says: (row) => (row.result === null ? null : RESULT_WORDS[row.result]) },
  items: (row) => row.cost?.items ?? null,
  dollars: (row) => dollars(row.cost?.microDollars ?? null),
  'micro-dollars': (row) => row.cost?.microDollars ?? null,
  id: (row) => row.id,
})

/** Nothing of a sign-in link but whose it is. */
export const personColumns = columns<Person>({
  name: (row) => row.name,
  role: (row) => row.role,
  'link made (UTC)': (row) => instant(row.invitedAtMs),
  'made by': (row) => row.invitedBy,
  'last signed in (UTC)': (row) => instant(row.lastSeenAtMs),
  'revoked (UTC)': (row) => instant(row.revokedAtMs),
})

export const siteColumns = columns<Site>({
  name: (row) => row.name,
  id: (row) => row.id,
  zones: (row) => row.zones.map(({ url }) => url),
  edge: (row) => row.edge.kind,
  'edge name': (row) => row.edge.label,
  'edge state': (row) => row.edge.state,
  builder: (row) => row.builder?.kind ?? null,
  renderer: (row) => row.renderer?.kind ?? null,
  origin: (row) => row.originHost,
  'live release': (row) => row.liveRelease?.id ?? null,
  'live since (UTC)': (row) => instant(row.liveRelease?.startedAtMs ?? null),
  'pinned to': (row) => row.pinned?.id ?? null,
})

function sumOf<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0)
}
