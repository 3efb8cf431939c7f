import { addSite } from '#main/sites/handlers.ts'
import { eventually } from '../support/core-client.ts'
import { startTestDemo } from '../support/demo.ts'
import { startTestFeatures } from '../support/test-features.ts'

/**
 * 10,000 purges that nobody decided on, in a minute, against the built-in control API with its quotas; meanwhile a
 * person starts a plan every two seconds. Prints how long those waited until they were sent, by `npm run bench:queue
 * [-- WISHES SECONDS]`. Compares with the start of a plan on an idle core. Ends with one line of JSON, and with code 1
 * when a person saw an error of a quota or a wish was lost.
 */
const wishes = Number(process.argv[2] ?? 10_000)
const seconds = Number(process.argv[3] ?? 60)
const PERSON_EVERY_MS = 2_000
const TICK_MS = 100

const stack = await startTestDemo()
const { features, close } = await startTestFeatures()
const { plans, planStore, purgeWishes, db } = features
const begunAt = db.raw.prepare<[string], { begun_at: number | null }>('SELECT begun_at FROM purges WHERE plan_id = ? LIMIT 1')
let faults: string[] = []
try {
  const siteId = await addSite(features.sites, stack.site)
  await eventually(
    async () => db.raw.prepare<[], { edge_json: string | null }>('SELECT edge_json FROM sites').get(),
    (site) => site?.edge_json !== null && site?.edge_json !== undefined,
  )
  const person = async (at: number): Promise<{ waitedMs: number; words: string }> => {
    const { id } = await plans.create(siteId, { kind: 'paths', text: `/person/${at}` }, 'Ada')
    const fromMs = Date.now()
    await plans.start(id, 'Ada')
    const words: string[] = []
    for (;;) {
      const plan = planStore.read(id)
      words.push(plan.purge.message, plan.result ?? '')
      if (plan.endedAtMs !== null) {
        const sentAtMs = begunAt.get(id)?.begun_at ?? null
        if (plan.state !== 'done' || sentAtMs === null) faults.push(`${id} is ${plan.state}: ${plan.result}`)
        return { waitedMs: (sentAtMs ?? Date.now()) - fromMs, words: words.join(' ') }
      }
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const idle = [await person(1), await person(2), await person(3)].map(({ waitedMs }) => waitedMs)

  const endMs = Date.now() + seconds * 1_000
  const people: Promise<{ waitedMs: number; words: string }>[] = []
  let wished = 0
  for (let tick = 1; Date.now() < endMs; tick += 1) {
    const leftMs = Math.max(0, endMs - Date.now() - TICK_MS)
    const due = Math.round(wishes * (1 - leftMs / (seconds * 1_000)))
    if (due > wished) {
      const lines = Array.from({ length: due - wished }, (_, at) => `/${(wished + at) % 977}/auto/${wished + at}`)
      for (const line of lines) purgeWishes.add(siteId, [{ lines: [line], by: `Rule ${wished % 7}` }])
      wished = due
    }
    if (tick % (PERSON_EVERY_MS / TICK_MS) === 0) people.push(person(1_000 + tick))
    await new Promise((resolve) => setTimeout(resolve, TICK_MS))
  }
  const done = await Promise.all(people)
  const waited = done.map(({ waitedMs }) => waitedMs).sort((a, b) => a - b)
  const throttled = done.filter(({ words }) => /slow down|no more at the moment/.test(words)).length
  if (throttled > 0) faults.push(`${throttled} people were told of a throttled call`)
  const count = (sql: string) => db.raw.prepare<[], { n: number }>(sql).get()?.n ?? 0
  const left = count('SELECT COUNT(*) AS n FROM purge_wishes WHERE plan_id IS NULL')
  const kept = count('SELECT COUNT(*) AS n FROM purge_wishes')
  if (kept !== wished) faults.push(`${wished - kept} wishes are lost`)
  const automatic = count(`SELECT COUNT(*) AS n FROM plans WHERE json_extract(plan_json, '$.origin') = 'automatic'`)
  const requests = count(`SELECT COUNT(*) AS n FROM purges WHERE state IN ('sent', 'completed')`)
  const failed = count(`SELECT COUNT(*) AS n FROM plans WHERE state = 'failed'`)
  if (failed > 0) faults.push(`${failed} plans failed`)
  console.log(`on an idle core a person waits ${idle.join(', ')} ms; ${left} wishes still wait for their plan`)
  const p95 = waited[Math.min(waited.length - 1, Math.floor(waited.length * 0.95))]
  const rssMb = Math.round(process.memoryUsage().rss / 1_048_576)
  for (const fault of faults) console.error(fault)
  console.log(
    JSON.stringify({
      bench: 'queue',
      wishes: wished,
      people: waited.length,
      p50Ms: waited[waited.length >> 1],
      p95Ms: p95,
      maxMs: waited.at(-1),
      throttled,
      automaticPlans: automatic,
      requests,
      rssMb,
      faults: faults.length,
    }),
  )
} finally {
  await close()
  await stack.demo.close()
}
process.exit(faults.length === 0 ? 0 : 1)
