import type { Delivery, DeliveryDetail, Receiver, RuleTrial } from '#shared/hooks.ts'
import type { HookRule } from '#shared/hook-rules.ts'
import type { HookSource } from '#shared/hook-sources.ts'

export const makeReceiver = (): Receiver => ({
  state: 'listening',
  port: 4_870,
  publicUrl: null,
  keepDays: 30,
  problem: null,
  paused: false,
  waiting: 0,
})

export const makeSource = (to: Partial<HookSource> = {}): HookSource => ({
  id: 'src1',
  kind: 'sanity',
  name: 'Sanity',
  enabled: true,
  secretMissing: false,
  settings: {
    header: 'x-signature',
    algorithm: 'sha256',
    encoding: 'hex',
    prefix: '',
    timestampHeader: '',
    maxAgeSeconds: 86_400,
  },
  createdAtMs: Date.now() - 86_400_000,
  createdBy: 'Ada',
  lastTakenAtMs: Date.now() - 120_000,
  lastRefusal: null,
  taken: 37,
  refused: 0,
  reading: null,
  ...to,
})

export const makeRule = (to: Partial<HookRule> = {}): HookRule => ({
  id: 'rule1',
  enabled: true,
  sourceId: 'src1',
  events: ['published'],
  type: 'menu',
  conditions: [],
  targets: [{ kind: 'tag', text: 'pb-menu:{slug}' }],
  purge: 'when-visited',
  rebuild: true,
  refresh: false,
  notify: false,
  ...to,
})

export const makeDelivery = (to: Partial<Delivery> = {}): Delivery => ({
  id: 7,
  atMs: Date.now() - 120_000,
  sourceId: 'src1',
  sourceName: 'Sanity',
  state: 'done',
  reason: null,
  event: 'published',
  rawEvent: 'update',
  type: 'menu',
  contentId: 'main-menu',
  rules: [{ ruleId: 'rule1', did: ['Marks pb-menu:main-menu as changed: 41 pages', 'Asks for a build'] }],
  work: [{ kind: 'build', state: 'done', ref: 'b3', note: 'Asked for a build: 1 change from Sanity', cost: null }],
  replayOf: null,
  changedAtMs: null,
  sameAs: null,
  sizeBytes: 412,
  ...to,
})

export const makeDeliveryDetail = (): DeliveryDetail => ({
  ...makeDelivery(),
  headers: [['sanity-operation', 'update']],
  payload: '{"_id":"main-menu","_type":"menu","slug":"main-menu"}',
  cut: false,
})

export const makeTrial = (): RuleTrial => ({
  whyNot: null,
  targets: [{ text: 'pb-menu:main-menu', pages: 41, problem: null }],
  pages: 41,
  steps: ['Marks pb-menu:main-menu as changed: 41 pages', 'Asks for a build'],
  purge: null,
})
