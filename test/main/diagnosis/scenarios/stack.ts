import type { CauseId, Verdict } from '#shared/diagnosis.ts'
import { eventually, type RunningCore } from '../../../support/core-client.ts'
import type { TestDemo } from '../../../support/demo.ts'
import { visit } from '../../../support/caches/visit.ts'

/** The whole built-in stack: two locations, CloudFront's API, a build service, a renderer. */
export interface StackWorld {
  readonly stack: TestDemo
  readonly panel: RunningCore
  readonly siteId: string
  why(path: string): Promise<Verdict>
  pageId(path: string): Promise<number>
}

export interface StackScenario {
  readonly cause: CauseId
  readonly title: string
  readonly says: RegExp
  run(world: StackWorld): Promise<Verdict>
}

const MENU = { kind: 'tag', tag: 'pb-menu:main-menu' } as const

/** What needs more than a cache: releases, invalidations, locations, a renderer. In the order in which it is done. */
export const STACK: readonly StackScenario[] = [
  {
    cause: 'older-deploy',
    title: 'the second release changed a list and went live without a purge',
    says: /First release.*live is .*Two lists changed/,
    run: ({ why }) => why('/lists/cherry'),
  },
  {
    cause: 'waiting-for-build',
    title: 'the third release is built and not published',
    says: /About page changed.* not published/,
    run: ({ why }) => why('/about'),
  },
  {
    cause: 'old-copy',
    title: 'a rendered page was refreshed at the origin and not purged',
    says: /older than what the origin has/,
    run: ({ why }) => why('/menu-card/mango'),
  },
  {
    cause: 'purge-in-progress',
    title: 'its purge was sent and has not reached this location',
    says: /A purge of .*\/lists\/mango.* is on its way/,
    async run({ panel, siteId, why }) {
      const plan = await panel.client.plans.create({ siteId, selection: { kind: 'paths', text: '/lists/mango' } })
      await panel.client.plans.revise({ planId: plan.id, build: false, refresh: false })
      await panel.client.plans.start({ planId: plan.id })
      await eventually(
        () => panel.client.plans.get({ planId: plan.id }),
        ({ state }) => state === 'purging',
      )
      const verdict = await eventually(
        () => why('/lists/mango'),
        ({ causes }) => causes.some(({ id }) => id === 'purge-in-progress'),
      )
      await eventually(
        () => panel.client.plans.get({ planId: plan.id }),
        ({ state }) => state === 'done',
      )
      return verdict
    },
  },
  {
    cause: 'switch-in-progress',
    title: 'visitors are being given another release, which has not reached every location',
    says: /switch to the release .* has not reached every location/,
    async run({ panel, siteId, why }) {
      const { id } = await panel.client.deploys.switchTo({ siteId, releaseId: 'r-1', purge: false })
      await eventually(
        () => panel.client.deploys.list({ siteId }),
        ({ lastSwitch }) => lastSwitch?.id === id && lastSwitch.state === 'switched',
      )
      const verdict = await why('/lists/mango')
      await eventually(
        () => panel.client.deploys.list({ siteId }),
        ({ lastSwitch }) => lastSwitch?.state === 'done',
      )
      return verdict
    },
  },
  {
    cause: 'waiting-for-build',
    title: 'the menu changed, and the renderer has not rendered the page since',
    says: /waits for a refresh/,
    async run({ stack, panel, siteId, why }) {
      await visit(Number(new URL(stack.demo.urls.site).port), new URL(stack.demo.urls.site).host, '/menu-card/apple')
      await new Promise((resolve) => setTimeout(resolve, 2_100))
      await stack.act('/api/menu', { label: 'Sundaes' })
      await panel.client.tags.mark({ siteId, target: MENU, what: 'menu: new label', sinceMs: Date.now() })
      return why('/menu-card/apple')
    },
  },
  {
    cause: 'dependency-changed',
    title: 'the menu changed, the page was rendered again, and nobody purged',
    says: /pb-menu:main-menu.* changed at .* after this copy was made/,
    async run({ panel, pageId, why }) {
      await panel.client.pages.refresh({ pageId: await pageId('/menu-card/apple') })
      return why('/menu-card/apple')
    },
  },
  {
    cause: 'fallback-serving',
    title: 'a visitor posted a page that no build has made yet',
    says: /not built yet: a function renders it/,
    async run({ stack, panel, siteId, why }) {
      const { path } = await stack.act('/api/lollies', { to: 'Ada', message: 'Well done', from: 'Grace', flavour: 'apple' })
      await eventually(
        () => panel.client.pages.list({ siteId, filter: { text: String(path) } }),
        ({ rows }) => rows.length === 1,
      )
      return why(String(path))
    },
  },
]
