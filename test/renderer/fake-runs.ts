import type { CheckSettings, InspectionRun } from '#shared/inspection-runs.ts'

/** A check of all pages that has ended. */
export function makeRun(more: Partial<InspectionRun> = {}): InspectionRun {
  return {
    id: 1,
    siteId: 's1',
    state: 'done',
    by: 'Test',
    startedAtMs: Date.now() - 600_000,
    endedAtMs: Date.now() - 480_000,
    whole: true,
    total: 344,
    done: 344,
    failed: 0,
    filled: 3,
    renders: 3,
    rendersAtMost: 1_000,
    changed: 12,
    leftMs: null,
    waitsUntilMs: null,
    note: '344 checked, 12 changed since last time',
    ...more,
  }
}

export function makeCheckSettings(): CheckSettings & { nextAtMs: number | null } {
  return { parallel: 8, perSecond: null, rendersAtMost: 1_000, schedule: { kind: 'off' }, nextAtMs: null }
}
