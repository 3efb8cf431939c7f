import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CloudFrontClient, GetInvalidationCommand, paginateListInvalidations } from '@aws-sdk/client-cloudfront'
import type { Plan } from '#shared/plans.ts'
import { eventually } from './core-client.ts'
import { startCoreProcess, type CoreProcess } from './core-process.ts'
import { startCutWire, type CutWire } from './cut-wire.ts'
import { quickTimings, startTestDemo, type TestDemo } from './demo.ts'

export interface KillWorld {
  readonly stack: TestDemo
  /** The wire between the core and the control API. */
  readonly wire: CutWire
  core(): CoreProcess
  /** A draft that purges one page of which the edge holds an old copy. */
  draft(): Promise<Plan>
  /** Starts the plan, kills the core when `moment` has come, starts the core again and waits for the plan's end. */
  killAndGoOn(plan: Plan, moment: (started: Promise<unknown>) => Promise<unknown>): Promise<Plan>
  /** Items used this month, by the core's ledger. */
  used(): Promise<number>
  /** The plans' references at the distribution, one for each invalidation that it accepted. */
  references(): Promise<string[]>
  stop(): Promise<void>
}

/** The built-in stack in this process, and a core in another one that can be killed. */
export async function killWorld(): Promise<KillWorld> {
  const stack = await startTestDemo(mkdtempSync(join(tmpdir(), 'frostline-kills-')), quickTimings)
  const wire = await startCutWire(stack.demo.urls.control)
  const dataFolder = mkdtempSync(join(tmpdir(), 'frostline-killed-'))
  let core = await startCoreProcess(dataFolder)
  const { siteId } = await core.client.sites.add({ ...stack.site, edge: { ...stack.site.edge, endpoint: wire.url } })
  const seen = (path: string) => core.client.pages.list({ siteId, filter: { text: path }, limit: 500 })
  await eventually(
    () => seen('/lists/'),
    ({ rows }) => rows.length > 30 && rows.every((row) => row.observedAtMs !== null),
  )
  const stock: number[] = []
  let edition = 0

  async function refill(): Promise<void> {
    edition += 1
    const { lists } = (await (await fetch(`${stack.demo.controlsUrl}api/state`)).json()) as { lists: { slug: string }[] }
    for (const { slug } of lists) await stack.act('/api/lists', { slug, intro: `Edition ${edition}.` })
    const build = await core.client.builds.trigger({ siteId, title: `Edition ${edition}` })
    await eventually(
      () => core.client.builds.list({ siteId }),
      (all) => all.some(({ id, release }) => id === build.id && release?.live === true),
    )
    // Which copies the edge holds now is for a check to say.
    await core.client.inspection.check({ siteId, selection: { kind: 'filter', filter: { text: '/lists/' } } })
    const old = await eventually(
      () => core.client.pages.list({ siteId, filter: { text: '/lists/', freshness: ['outdated'] }, limit: 500 }),
      ({ rows }) => rows.length > 10,
    )
    stock.push(...old.rows.map(({ id }) => id))
  }

  return {
    stack,
    wire,
    core: () => core,
    async draft() {
      for (;;) {
        if (stock.length === 0) await refill()
        const plan = await core.client.plans.create({ siteId, selection: { kind: 'pages', pageIds: [stock.pop() ?? 0] } })
        if (plan.purge.itemCount === 1) return plan
      }
    },
    async killAndGoOn(plan, moment) {
      const started = core.client.plans.start({ planId: plan.id })
      started.catch(() => {})
      await moment(started)
      await core.kill()
      wire.set('open')
      core = await startCoreProcess(dataFolder)
      // Killed before the start was on disk: it never began, and nobody was told that it had.
      if ((await core.client.plans.get({ planId: plan.id })).state === 'draft') await core.client.plans.start({ planId: plan.id })
      return eventually(
        () => core.client.plans.get({ planId: plan.id }),
        ({ endedAtMs }) => endedAtMs !== null,
        60_000,
      )
    },
    used: async () => (await core.client.budget.get({ siteId })).used,
    references: () => referencesAt(stack),
    async stop() {
      await core.kill()
      await wire.stop()
      await stack.demo.close()
    },
  }
}

/** The references of the purges that the stack's distribution accepted, one for each. */
export async function referencesAt({ demo, site }: TestDemo): Promise<string[]> {
  const client = new CloudFrontClient({ endpoint: demo.urls.control, region: 'us-east-1', credentials: demo.credentials })
  const found: string[] = []
  for await (const page of paginateListInvalidations({ client }, { DistributionId: site.edge.distributionId })) {
    for (const { Id } of page.InvalidationList?.Items ?? []) {
      const { Invalidation } = await client.send(new GetInvalidationCommand({ DistributionId: site.edge.distributionId, Id }))
      found.push(Invalidation?.InvalidationBatch?.CallerReference ?? '')
    }
  }
  client.destroy()
  return found
}

/** What must be true of a plan that was killed in its middle, whenever that was. */
export function faultsOf(plans: readonly Plan[], references: readonly string[], used: number): string[] {
  const faults = plans.flatMap((plan) => {
    const sent = references.filter((reference) => reference.endsWith(`/${plan.id}/1`)).length
    return [
      ...(sent === 1 ? [] : [`${plan.id} was sent ${sent} times`]),
      ...(plan.state === 'done' ? [] : [`${plan.id} is ${plan.state}: ${plan.result ?? 'no result'}`]),
      ...(plan.check.total === 1 && plan.check.newVersion === 1 ? [] : [`${plan.id} is not proven: ${plan.check.message}`]),
    ]
  })
  const items = plans.reduce((sum, plan) => sum + plan.purge.itemCount, 0)
  return [
    ...faults,
    ...(used === items ? [] : [`${used} items are in the ledger, ${items} were sent`]),
    ...(references.length === plans.length ? [] : [`${references.length} invalidations for ${plans.length} plans`]),
  ]
}
