import type { DeployRun } from '#shared/publishing.ts'
import type { Deploy, ReleaseChange, Switch, SwitchPreview } from '#shared/deploys.ts'

const MINUTE = 60_000
const time = { usualMs: 184_000, measured: 2 }

function makeDeploy(number: number, given: Partial<Deploy>): Deploy {
  return {
    releaseId: `r-${number}`,
    buildId: `b${number}`,
    title: 'Spring menu',
    state: 'published',
    pinned: false,
    causes: ['37 changes from Sanity'],
    builtAtMs: Date.now() - (10 - number) * 47 * MINUTE,
    publishedAtMs: Date.now() - (10 - number) * 47 * MINUTE,
    durationMs: 70_000,
    hasLog: true,
    changes: { added: 2, changed: 51, removed: 0, otherFiles: 1 },
    fixed: null,
    ...given,
  }
}

/** A site that is pinned to the release before the newest. */
export function makeDeploys() {
  return {
    deploys: [
      makeDeploy(9, { title: 'Summer menu', state: 'unpublished', publishedAtMs: null, causes: ['frostline'] }),
      makeDeploy(8, { title: 'New prices in the shop and on every list of lollies', changes: null }),
      makeDeploy(2, { state: 'live', pinned: true, fixed: 'Visitors get this release.' }),
      makeDeploy(1, { title: 'First release', changes: { added: 344, changed: 0, removed: 0, otherFiles: 12 } }),
    ],
    pin: {
      release: { id: 'r-2', title: 'Spring menu' },
      sinceMs: Date.now() - 12 * MINUTE,
      by: 'Ada',
      overruledBy: null,
      forward: { id: 'r-9', title: 'Summer menu' },
    },
    lastSwitch: makeSwitch(),
    later: null,
    time,
  }
}

export function makeSwitch(): Switch {
  return {
    id: 'w1',
    state: 'switched',
    from: { id: 'r-8', title: 'New prices' },
    to: { id: 'r-2', title: 'Spring menu' },
    pins: true,
    purges: true,
    by: 'Ada',
    startedAtMs: Date.now() - 42_000,
    switchedAtMs: Date.now() - 40_000,
    deployedAtMs: null,
    endedAtMs: null,
    planId: null,
    message: 'The edge’s locations follow: 40 s so far, 3 min 4 s the last time.',
  }
}

export function makeChanges(kind: ReleaseChange['kind'] = 'changed') {
  const rows = Array.from({ length: kind === 'changed' ? 51 : 2 }, (_, index): ReleaseChange => ({
    kind,
    host: 'lollies.localhost',
    path: `/lolly/x${index}`,
  }))
  return {
    against: { id: 'r-1', title: 'First release' },
    counts: { added: 2, changed: 51, removed: 0, otherFiles: 1 },
    rows,
    next: null,
  }
}

export function makePreview(releaseId: string): SwitchPreview {
  return {
    waitsFor: null,
    from: { id: 'r-8', title: 'New prices' },
    to: { id: releaseId, title: 'First release', builtAtMs: Date.now() - 300 * MINUTE, published: true },
    back: true,
    pins: true,
    counts: { added: 0, changed: 51, removed: 2, otherFiles: 1 },
    renderedOnDemand: 4,
    leaves: [
      { id: 'r-8', title: 'New prices' },
      { id: 'r-2', title: 'Spring menu' },
    ],
    time,
    purge: {
      itemCount: 3,
      pageCount: 53,
      alsoCold: 0,
      priceMicroDollars: 0,
      allowanceBefore: 813,
      allowanceAtMost: true,
    },
  }
}

export function makeDeployRun(): DeployRun {
  return {
    id: 'd1',
    releaseId: '20261105-101500-8f40',
    title: 'Autumn menu',
    state: 'uploading',
    by: 'Ada',
    startedAtMs: Date.now() - 20_000,
    endedAtMs: null,
    message: 'Bringing 1,240 files to the bucket.',
    progress: { phase: 'uploading pages', done: 412, total: 980, sentBytes: 3_400_000 },
    canCancel: true,
    steps: [],
  }
}
