import type { ActivityFacts } from '#shared/activity.ts'
import { ruleSentence, type HookRule } from '#shared/hook-rules.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import type { ContentIndex } from './content-index.ts'
import { didSentences, pagesOf, workOf, type RuleWork, type WorkKind } from './effects.ts'
import { findPages, targetKey, type FoundPages, type ResolvePages } from './find-pages.ts'
import { judgeRule, type Judged } from './judge.ts'
import { readEvent, type EventFacts } from './read-event.ts'
import type { Rules } from './rules.ts'
import { createSameChange, type SameChange } from './same-change.ts'
import { readWaiting, type WaitingDelivery } from './waiting.ts'
import type { WorkStore, WorkWish } from './work-store.ts'

/** Says that pages have changed; the tags feature keeps it. */
export interface ChangedMark {
  readonly siteId: string
  readonly what: string
  readonly target: string
  readonly sinceMs: number
  readonly by: string
  readonly pageIds: readonly number[]
}

export interface ProcessParts {
  readonly db: Database
  readonly clock: Clock
  readonly rules: Rules
  readonly index: ContentIndex
  readonly work: WorkStore
  readonly resolve: ResolvePages
  /** Synchronous: it is part of the transaction that the deliveries are done with. */
  mark(mark: ChangedMark): void
  note(siteId: string, by: string, text: string, facts: ActivityFacts): void
}

interface Event {
  readonly delivery: WaitingDelivery
  /** Null when the body could not be read. */
  readonly facts: EventFacts | null
  readonly matches: readonly Judged[]
  /** What told of the same change before. */
  readonly sameAs: number | null
}

/** Marks of more pages than this are written in parts of their own before; a repetition of them changes nothing. */
const PAGES_AT_ONCE = 5_000
const NOTES_AT_ONCE = 20
const SAME = 'The same change was told of before, so nothing was done again.'
const DONE = `UPDATE hook_events SET state = @state, reason = @reason, event = @event, raw_event = @rawEvent, type = @type,
  content_id = @contentId, result_json = @result, change_key = @changeKey, same_as = @sameAs WHERE id = @id`

/**
 * Works the oldest deliveries through, once: their marks, the work they ask for and that they are done are one
 * transaction. Returns how many there were.
 */
export async function processDeliveries(parts: ProcessParts): Promise<number> {
  const { db } = parts
  const deliveries = readWaiting(db.raw)
  if (deliveries.length === 0) return 0
  const rules = new Map<string, HookRule[]>()
  const sameChange = createSameChange(db.raw)
  const events = deliveries.map((delivery) => {
    const { siteId } = delivery.source
    const known = rules.get(siteId) ?? parts.rules.list(siteId).filter((rule) => rule.enabled)
    rules.set(siteId, known)
    return judge(parts, delivery, known, sameChange)
  })
  const found = new Map<string, Map<string, FoundPages>>()
  for (const siteId of rules.keys()) {
    const targets = events
      .filter(({ delivery }) => delivery.source.siteId === siteId)
      .flatMap(({ matches }) => matches.flatMap((one) => one.targets))
    found.set(siteId, await findPages(parts.resolve, siteId, targets, parts.clock()))
  }
  const marks = marksOf(events, found)
  for (const mark of marks) if (mark.pageIds.length > PAGES_AT_ONCE) parts.mark(mark)
  db.transact(() => {
    for (const mark of marks) if (mark.pageIds.length <= PAGES_AT_ONCE) parts.mark(mark)
    parts.index.write()
    const workIds = askFor(parts, events, found)
    const done = db.raw.prepare(DONE)
    for (const event of events) done.run(resultOf(event, found, workIds))
    tell(parts, events, marks)
  })
  return deliveries.length
}

function judge({ index }: ProcessParts, delivery: WaitingDelivery, rules: readonly HookRule[], sameChange: SameChange): Event {
  const { source, headers, body, atMs } = delivery
  let facts: EventFacts
  try {
    facts = readEvent(source.kind, headers, body)
  } catch {
    return { delivery, facts: null, matches: [], sameAs: null }
  }
  const sameAs = sameChange(delivery, facts)
  if (sameAs !== null) return { delivery, facts, matches: [], sameAs }
  const kept = index.find(source.id, facts.contentId)
  const matches = rules.flatMap((rule) => {
    const judged = judgeRule(rule, source.id, facts, kept)
    return judged.whyNot === null ? [{ rule, targets: judged.targets }] : []
  })
  index.learn(source.id, facts, atMs)
  return { delivery, facts, matches, sameAs: null }
}

/** One mark a target, however many deliveries mean it: each page keeps the newest change anyway. */
function marksOf(events: readonly Event[], found: ReadonlyMap<string, ReadonlyMap<string, FoundPages>>): ChangedMark[] {
  const marks = new Map<string, { mark: ChangedMark; changes: number }>()
  for (const { delivery, facts, matches } of events) {
    const { siteId, name } = delivery.source
    for (const target of matches.flatMap((one) => one.targets)) {
      const key = targetKey(target)
      const pageIds = found.get(siteId)?.get(key)?.pageIds ?? []
      if (pageIds.length === 0) continue
      const changes = (marks.get(`${siteId} ${key}`)?.changes ?? 0) + 1
      const what = `${facts?.type ?? 'content'} ${facts?.event ?? ''}`.trim() + (changes > 1 ? ` and ${changes - 1} more` : '')
      const mark = {
        siteId,
        what: `${name}: ${what}`.slice(0, 200),
        target: target.text,
        sinceMs: Math.min(delivery.changedAtMs ?? delivery.atMs, delivery.atMs),
        by: name,
        pageIds,
      }
      marks.set(`${siteId} ${key}`, { mark, changes })
    }
  }
  return [...marks.values()].map(({ mark }) => mark)
}

/** What the rules of an event ask for. */
function worksOf({ matches }: Event, found: ReadonlyMap<string, FoundPages>): Map<HookRule, RuleWork[]> {
  return workOf(matches.map(({ rule, targets }) => ({ rule, pageIds: pagesOf(targets, found) })))
}

/** Asks for what the rules want, once for each kind. Returns the ids by site and kind. */
function askFor(
  { work, clock }: ProcessParts,
  events: readonly Event[],
  found: ReadonlyMap<string, ReadonlyMap<string, FoundPages>>,
): Map<string, number> {
  const wishes = new Map<string, WorkWish & { changes: number; sources: Set<string>; pageIds: Set<number>; rebuild: boolean }>()
  for (const event of events) {
    const { siteId, name } = event.delivery.source
    const asked = new Set<WorkKind>()
    for (const { kind, pageIds, rebuild } of [...worksOf(event, found.get(siteId) ?? new Map()).values()].flat()) {
      const key = `${siteId} ${kind}`
      const wish = wishes.get(key) ?? { siteId, kind, changes: 0, sources: new Set(), pageIds: new Set(), rebuild: false }
      if (!asked.has(kind)) wish.changes += 1
      asked.add(kind)
      wish.sources.add(name)
      wish.rebuild ||= rebuild
      for (const pageId of kind === 'build' ? [] : pageIds) wish.pageIds.add(pageId)
      wishes.set(key, wish)
    }
  }
  return new Map([...wishes].map(([key, wish]) => [key, work.ask(wish, clock())]))
}

/** What is kept of a delivery once it was worked through. */
function resultOf(
  event: Event,
  found: ReadonlyMap<string, ReadonlyMap<string, FoundPages>>,
  workIds: ReadonlyMap<string, number>,
): Record<string, string | number | null> {
  const { delivery, facts, matches, sameAs } = event
  const { siteId } = delivery.source
  const pages = found.get(siteId) ?? new Map<string, FoundPages>()
  const works = worksOf(event, pages)
  const done = matches.map(({ rule, targets }) => {
    const work = works.get(rule) ?? []
    return { ruleId: rule.id, did: didSentences(rule, targets, pages, work), work }
  })
  const ids = [...new Set(done.flatMap(({ work }) => work.flatMap(({ kind }) => workIds.get(`${siteId} ${kind}`) ?? [])))]
  const result = { rules: done.map(({ ruleId, did }) => ({ ruleId, did: did.slice(0, 50) })), work: ids }
  return {
    id: delivery.id,
    state: facts ? 'done' : 'failed',
    reason: facts ? (sameAs === null ? null : SAME) : 'Its body is no JSON, so no rule could read it.',
    event: facts?.event ?? null,
    rawEvent: facts?.rawEvent.slice(0, 200) ?? null,
    type: facts?.type?.slice(0, 200) ?? null,
    contentId: facts?.contentId?.slice(0, 200) ?? null,
    changeKey: facts?.changeKey?.slice(0, 500) ?? null,
    sameAs,
    result: JSON.stringify(result),
  }
}

/** One line for what was marked, and one for each delivery that a rule wants to have told. */
function tell({ note }: ProcessParts, events: readonly Event[], marks: readonly ChangedMark[]): void {
  for (const [siteId, some] of Map.groupBy(marks, (mark) => mark.siteId)) {
    const by = [...new Set(some.map((mark) => mark.by))].join(', ')
    const pages = new Set(some.flatMap((mark) => mark.pageIds)).size
    const what = some.length === 1 ? (some[0]?.target ?? '') : `${some.length} tags and paths`
    note(siteId, by, `Marked as changed by rule: ${what}, ${pages} ${pages === 1 ? 'page' : 'pages'}`, {
      kind: 'mark',
      result: 'done',
    })
  }
  const told = events.flatMap(({ delivery, facts, matches }) =>
    matches.filter(({ rule }) => rule.notify).map(({ rule }) => ({ delivery, facts, rule })),
  )
  for (const { delivery, facts, rule } of told.slice(0, NOTES_AT_ONCE)) {
    const sentence = ruleSentence(rule, delivery.source.name).replaceAll('**', '')
    note(delivery.source.siteId, delivery.source.name, `${facts?.contentId ?? 'A delivery'}: ${sentence}`, { kind: 'other' })
  }
}
