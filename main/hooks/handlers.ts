import { AppError } from '#shared/errors.ts'
import type { ActivityFacts } from '#shared/activity.ts'
import { ruleSentence } from '#shared/hook-rules.ts'
import { os } from '#main/platform/rpc.ts'
import type { Hooks } from './service.ts'

export interface HooksWorld {
  readonly hooks: Hooks
  changed(): void
  note(siteId: string, by: string, text: string, facts: ActivityFacts): void
}

const SITE = { kind: 'site', result: 'done' } as const

export function hooksHandlers({ hooks, changed, note }: HooksWorld) {
  const nameOf = (siteId: string, sourceId: string | null) =>
    hooks.sources.list(siteId).find((source) => source.id === sourceId)?.name ?? null
  return os.hooks.router({
    receiver: os.hooks.receiver.handler(() => hooks.receiver()),
    saveReceiver: os.hooks.saveReceiver.handler(({ input }) => hooks.saveReceiver(input)),
    sources: os.hooks.sources.handler(({ input }) => hooks.sources.list(input.siteId)),
    addSource: os.hooks.addSource.handler(async ({ input, context }) => {
      const made = await hooks.addSource(input, context.person)
      note(input.siteId, context.person, `Added the source ${input.name}`, SITE)
      return made
    }),
    rotateSource: os.hooks.rotateSource.handler(async ({ input, context }) => {
      const source = hooks.sources.need(input.sourceId)
      const made = await hooks.rotateSource(input.sourceId, input.secret)
      note(source.siteId, context.person, `Made the address and the secret of the source ${source.name} anew`, SITE)
      return made
    }),
    enableSource: os.hooks.enableSource.handler(async ({ input, context }) => {
      const source = hooks.sources.need(input.sourceId)
      hooks.sources.enable(input.sourceId, input.enabled)
      await hooks.apply()
      note(source.siteId, context.person, `Switched the source ${source.name} ${input.enabled ? 'on' : 'off'}`, SITE)
      return { enabled: input.enabled }
    }),
    removeSource: os.hooks.removeSource.handler(async ({ input, context }) => {
      const source = hooks.sources.need(input.sourceId)
      await hooks.sources.remove(input.sourceId)
      for (const rule of hooks.rules.list(source.siteId)) if (rule.sourceId === input.sourceId) hooks.rules.remove(rule.id)
      await hooks.apply()
      note(source.siteId, context.person, `Removed the source ${source.name}`, SITE)
      return { removed: true }
    }),
    saveReading: os.hooks.saveReading.handler(async ({ input: { sourceId, reading, token }, context }) => {
      const source = hooks.sources.need(sourceId)
      const state = await hooks.saveReading(sourceId, reading, token)
      const does = reading === null ? 'is no longer asked' : 'is asked'
      note(source.siteId, context.person, `The source ${source.name} ${does} for what it could not deliver`, SITE)
      return { reading: state }
    }),
    askNow: os.hooks.askNow.handler(async ({ input }) => {
      hooks.sources.need(input.sourceId)
      return { reading: await hooks.askNow(input.sourceId) }
    }),
    rules: os.hooks.rules.handler(({ input }) => hooks.rules.list(input.siteId)),
    saveRule: os.hooks.saveRule.handler(({ input: { siteId, rule }, context }) => {
      if (rule.sourceId !== null && nameOf(siteId, rule.sourceId) === null)
        throw new AppError('NOT_FOUND', 'The source of this rule is not here any more.', {
          field: 'rule.sourceId',
          fix: 'Choose another one.',
        })
      const ruleId = hooks.rules.save(siteId, rule, context.person)
      changed()
      note(siteId, context.person, `Rule: ${ruleSentence(rule, nameOf(siteId, rule.sourceId)).replaceAll('**', '')}`, SITE)
      return { ruleId }
    }),
    removeRule: os.hooks.removeRule.handler(({ input, context }) => {
      const siteId = hooks.rules.remove(input.ruleId)
      if (siteId === null) throw new AppError('NOT_FOUND', 'This rule is not here any more.', { field: 'ruleId' })
      changed()
      note(siteId, context.person, 'Removed a rule', SITE)
      return { removed: true }
    }),
    deliveries: os.hooks.deliveries.handler(({ input }) => hooks.deliveries.list(input)),
    delivery: os.hooks.delivery.handler(({ input }) => hooks.deliveries.read(input.deliveryId)),
    replay: os.hooks.replay.handler(({ input, context }) => {
      const { sourceId, sourceName } = hooks.deliveries.read(input.deliveryId)
      const deliveryId = hooks.replay(input.deliveryId)
      note(hooks.sources.need(sourceId).siteId, context.person, `Replayed a delivery of ${sourceName}`, {
        kind: 'other',
        result: 'begun',
      })
      return { deliveryId }
    }),
    tryRule: os.hooks.tryRule.handler(({ input }) => hooks.tryRule(input.deliveryId, input.rule)),
    visitCheck: os.hooks.visitCheck.handler(({ input }) => hooks.visitCheck(input.siteId)),
    saveVisitCheck: os.hooks.saveVisitCheck.handler(async ({ input }) => {
      await hooks.saveVisitCheck(input.siteId, input.enabled, input.minutes)
      return hooks.visitCheck(input.siteId)
    }),
  })
}
