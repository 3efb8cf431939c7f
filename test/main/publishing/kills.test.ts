import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deployKills, type DeployKills } from '../../support/deploy-kills.ts'

// Each kill is a SIGKILL of the core's process, as a power cut; then it is started again on the same data folder.
let world: DeployKills
beforeAll(async () => {
  world = await deployKills()
}, 120_000)
afterAll(() => world?.stop())

const after = (ms: number) => () => new Promise((resolve) => setTimeout(resolve, ms))

describe('A core that is killed in the middle of a deploy finishes it when it comes back', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['while the first assets are sent', () => world.asked(/^PUT .*\/assets\//)],
    ['while pages are sent', () => world.asked(/^PUT .*\/page-8\//)],
    ['while unchanged pages are copied', () => world.asked(/^COPY .*\/page-9\//)],
    ['while the manifest is sent', () => world.asked(/^PUT .*manifest\.json$/)],
    ['when the switch is intended', () => world.switched('intent')],
    ['when the edge has been told', () => world.switched('switched')],
    ['when every location has it', () => world.switched('deployed')],
    ['while it is marked as published', () => world.asked(/^PUT .*\.frostline-published$/)],
  ])(
    '%s',
    async (_when, moment) => {
      const { run } = await world.killAndGoOn(moment, false)
      expect(run?.state, run?.message).toBe('done')
      expect(world.faults).toEqual([])
    },
    120_000,
  )
})

test('a deploy whose folder is gone when the core comes back is undone', async () => {
  const { run } = await world.killAndGoOn(() => world.asked(/^PUT .*\/page-4\//), true)
  expect(run?.state).toBe('failed')
  expect(run?.message).toContain('What had been sent was taken away again.')
  expect(world.faults).toEqual([])
}, 120_000)

test('a deploy that was hardly begun is finished, or nobody was told that it had begun', async () => {
  const { run } = await world.killAndGoOn(after(5), false)
  expect(['done', undefined]).toContain(run?.state)
  expect(world.faults).toEqual([])
  expect(world.looks()).toBeGreaterThan(100)
}, 120_000)
