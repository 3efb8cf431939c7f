import type { Plan } from '#shared/plans.ts'
import { faultsOf, killWorld } from '../support/purge-kills.ts'

/**
 * Kills a core in the middle of a purge, again and again, at random moments with a random fault of the wire, and counts
 * what came out. Run by `npm run soak:purges [-- KILLS]`; 100 by default. Ends with one line of JSON, and with code 1
 * when a purge was lost, sent twice, or not proven.
 */
const kills = Number(process.argv[2] ?? 100)
const world = await killWorld()
const plans: Plan[] = []
const faults: string[] = []
try {
  for (let kill = 1; kill <= kills; kill += 1) {
    const draft = await world.draft()
    const waitMs = Math.random() * 2_500
    const wire =
      Math.random() < 0.25 ? ('hold-requests' as const) : Math.random() < 0.33 ? ('hold-answers' as const) : ('open' as const)
    world.wire.set(wire)
    plans.push(await world.killAndGoOn(draft, () => new Promise((resolve) => setTimeout(resolve, waitMs))))
    console.log(`${kill}/${kills}: killed after ${Math.round(waitMs)} ms, wire ${wire}: ${plans.at(-1)?.result}`)
  }
  faults.push(...faultsOf(plans, await world.references(), await world.used()))
} finally {
  await world.stop()
}
for (const fault of faults) console.error(fault)
console.log(JSON.stringify({ soak: 'purges', kills, sent: plans.length, faults: faults.length }))
process.exit(faults.length === 0 ? 0 : 1)
