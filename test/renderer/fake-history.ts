import type { LogEntry } from '#shared/activity.ts'
import type { BudgetDay, PurgeRecord } from '#shared/budget.ts'
import type { AccountReading, Spend, SpendBy } from '#shared/budget-account.ts'
import type { Home } from '#shared/home.ts'
import type { PageRow } from '#shared/pages.ts'

const KINDS = ['check', 'purge', 'build', 'mark', 'budget', 'site'] as const

export function makeActivity(count: number): LogEntry[] {
  return Array.from({ length: count }, (_, index): LogEntry => {
    const kind = KINDS[index % KINDS.length] ?? 'other'
    return {
      id: count - index,
      atMs: Date.now() - index * 400_000,
      siteId: 's1',
      siteName: 'Lollies',
      by: index % 4 === 3 ? 'Grace' : 'Ada',
      kind,
      text: kind === 'purge' ? 'Purge: 41 of 41 show the new version from here (FRA56).' : `Checked ${index + 2} pages.`,
      result: index % 7 === 6 ? 'failed' : 'done',
      cost: kind === 'purge' ? { items: 3, microDollars: index > 10 ? 15_000 : 0 } : null,
      about: kind === 'purge' ? { kind: 'plan', id: 'p2' } : kind === 'build' ? { kind: 'build', id: 'b2' } : null,
    }
  })
}

export function makeMonth() {
  const days = Array.from({ length: 30 }, (_, index): BudgetDay => {
    const items = index > 20 ? 0 : (index * 37) % 90
    const charged = index > 17 ? Math.round(items / 2) : 0
    const outside = index % 5 === 2 ? Math.round(items / 3) : 0
    return {
      day: index + 1,
      free: items - charged,
      charged,
      microDollars: charged * 5_000,
      elsewhere: index % 9 === 4 ? 6 : 0,
      outside,
    }
  })
  const sum = (of: (day: BudgetDay) => number) => days.reduce((total, day) => total + of(day), 0)
  return {
    month: '2026-11',
    days,
    items: sum((day) => day.free + day.charged),
    microDollars: sum((day) => day.microDollars),
    months: ['2026-11', '2026-10'],
    saved: { items: 412, microDollars: 1_210_000 },
    forecast: {
      kind: 'known' as const,
      daysKnown: 21,
      perDay: 34,
      spread: 18,
      daysLeft: 9.2,
      expected: 1_180,
      low: 1_060,
      high: 1_300,
    },
  }
}

export function makeReading(): AccountReading {
  return { running: false, completedAtMs: null, problem: null, distributions: 2, outside: 118, elsewhere: 12 }
}

export function makeSpend(by: SpendBy): Spend[] {
  const of = (key: string, items: number, source: Spend['source'] = 'here'): Spend => ({
    key,
    label: key,
    items,
    microDollars: Math.max(0, items - 300) * 5_000,
    source,
  })
  if (by === 'person')
    return [of('Ada', 520), of('Grace', 210), of('Outside Frostline', 118, 'outside'), of('Frostline k2m9', 12, 'elsewhere')]
  return [
    of(by === 'tag' ? 'pb-menu:main-menu' : by === 'site' ? 'Lollies' : 'A tag that changed', 742),
    of('Outside Frostline', 118, 'outside'),
  ]
}

export function makePurges(): PurgeRecord[] {
  return Array.from({ length: 24 }, (_, index): PurgeRecord => ({
    id: `p${index}-1`,
    source: 'here',
    distributionId: null,
    dated: true,
    atMs: Date.now() - index * 4_000_000,
    siteId: 's1',
    siteName: 'Lollies',
    by: index % 4 === 3 ? 'Grace' : 'Ada',
    plan: index === 5 ? null : { id: 'p2', title: '41 of 41 show the new version from here (FRA56). 1 purge used (free).' },
    itemCount: 1 + ((index * 7) % 40),
    state: index === 0 ? 'intent' : index === 3 ? 'refused' : 'completed',
    problem: index === 3 ? 'These credentials may not purge.' : null,
    month: '2026-11',
    chargedItems: index === 0 || index === 3 ? null : index < 4 ? 2 : 0,
    microDollars: index === 0 || index === 3 ? null : index < 4 ? 10_000 : 0,
  }))
}

export function makeHome(pages: readonly PageRow[]): Home {
  const words = Map.groupBy(pages, (row) => `${row.word} ${row.proven}`)
  const count = (word: PageRow['word']) => pages.filter((row) => row.word === word).length
  return {
    nowMs: Date.now(),
    pages: pages.length,
    freshness: [...words.values()].flatMap(([first, ...others]) =>
      first ? [{ word: first.word, proven: first.proven, pages: others.length + 1 }] : [],
    ),
    oldCopies: count('outdated'),
    oldSeenFrom: ['FRA56'],
    neverChecked: count('unknown'),
    changesWaiting: 3,
    release: { id: 'r-4', title: 'Spring menu', builtAtMs: Date.now() - 840_000 },
    stagedReleaseId: null,
    build: { possible: true, usualMs: 70_000, builds: 12, running: null, nextStartsAtMs: Date.now() + 40_000 },
    newest: pages.slice(0, 5).map((row) => ({
      pageId: row.id,
      path: row.path,
      zoneHost: 'lollies.localhost',
      foundAtMs: Date.now() - row.id * 60_000,
      servedAs: row.servedAs,
      word: row.word,
      proven: row.proven,
    })),
  }
}
