import type { DemoState } from '#shared/tour.ts'

/** What the tour remembers in this browser. */
export interface Tour {
  readonly state: 'running' | 'over'
  readonly startedAtMs: number
  /** The main menu when the tour began. */
  readonly menuBefore: string | null
  /** The pages that wait were looked at. */
  readonly sawWaiting: boolean
}

/** What has really happened since the tour began. */
export interface TourFacts {
  readonly menu: DemoState['menu']
  readonly marks: readonly { readonly createdAtMs: number; readonly undoneAtMs: number | null }[]
  readonly plans: readonly { readonly createdAtMs: number; readonly state: string }[]
}

export interface TourStep {
  readonly key: 'menu' | 'mark' | 'waiting' | 'plan' | 'start' | 'verified'
  readonly title: string
  readonly says: string
  /** Null: in the demo controls, outside the panel. */
  readonly to: string | null
  readonly button: string
  readonly done: boolean
}

/** The steps, each ticked by what happened. What only comes after a step proves it as well. */
export function tourSteps(tour: Tour, { menu, marks, plans }: TourFacts): TourStep[] {
  const mine = plans.filter(({ createdAtMs }) => createdAtMs >= tour.startedAtMs)
  const verified = mine.some(({ state }) => state === 'done')
  const started = mine.some(({ state }) => state !== 'draft')
  const planned = mine.length > 0
  const marked = marks.some(({ createdAtMs, undoneAtMs }) => createdAtMs >= tour.startedAtMs && undoneAtMs === null)
  return [
    {
      key: 'menu',
      title: 'Change the menu',
      says: 'Open the demo controls and save another label for the main menu. Visitors do not see it yet.',
      to: null,
      button: 'Open the demo controls',
      done: marked || planned || (menu !== null && tour.menuBefore !== null && menu !== tour.menuBefore),
    },
    {
      key: 'mark',
      title: 'Say what changed',
      says: 'On Tags, open pb-menu:main-menu and choose “Mark as changed…”.',
      to: '/tags?openTag=pb-menu%3Amain-menu',
      button: 'Open the tag',
      done: marked || planned,
    },
    {
      key: 'waiting',
      title: 'See the pages that wait',
      says: 'The pages that show the menu now say “Waiting for build”: purging them would only store the old menu again.',
      to: '/pages?freshness=pending',
      button: 'Show them',
      done: tour.sawWaiting || planned,
    },
    {
      key: 'plan',
      title: 'Plan a purge',
      says: 'On the same tag choose “Plan a purge…”. It says what it costs and what else goes cold before anything is sent.',
      to: '/tags?openTag=pb-menu%3Amain-menu',
      button: 'Open the tag',
      done: planned,
    },
    {
      key: 'start',
      title: 'Start it',
      says: 'Press Start on the plan: the site is built, then one item is purged for all of the pages.',
      to: '/purges',
      button: 'Open Purges',
      done: started,
    },
    {
      key: 'verified',
      title: 'Read the proof',
      says: 'Every purged page is looked at again. The plan ends with a sentence that says how many show the new version.',
      to: '/purges',
      button: 'Open Purges',
      done: verified,
    },
  ]
}
