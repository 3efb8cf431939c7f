import { deployKills, type Killed } from '../support/deploy-kills.ts'

/**
 * Kills a core in the middle of a deploy to a bucket, again and again, at random moments, every fourth time with the
 * folder gone afterwards. Run by `npm run soak:deploys [-- KILLS]`; 100 by default. Ends with one line of JSON, and with
 * code 1 when the live site was not one whole release at any moment, or a deploy was neither finished nor undone.
 */
const kills = Number(process.argv[2] ?? 100)
const world = await deployKills()
const all: Killed[] = []
try {
  for (let kill = 1; kill <= kills; kill += 1) {
    // Most moments are of the upload, which is over first.
    const waitMs = Math.random() ** 2 * 3_500
    const moment = async () => {
      await world.asked(/^(PUT|COPY) /)
      await new Promise((resolve) => setTimeout(resolve, waitMs))
    }
    const killed = await world.killAndGoOn(moment, kill % 4 === 0)
    all.push(killed)
    console.log(
      `${kill}/${kills}: killed ${Math.round(waitMs)} ms after the first file: ${killed.run?.state ?? 'never began'}: ${killed.run?.message ?? ''}`,
    )
  }
} finally {
  await world.stop()
}
for (const fault of world.faults) console.error(fault)
const count = (state: string | undefined) => all.filter(({ run }) => run?.state === state).length
const outcome = { finished: count('done'), undone: count('failed'), neverBegan: count(undefined) }
console.log(JSON.stringify({ soak: 'deploys', kills, ...outcome, looks: world.looks(), faults: world.faults.length }))
process.exit(world.faults.length === 0 ? 0 : 1)
