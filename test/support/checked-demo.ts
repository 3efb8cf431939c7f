import { rmSync } from 'node:fs'
import { eventually, startTestCore, type RunningCore } from './core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from './demo.ts'

/** The built-in stack with a core that knows every page of it. */
export interface CheckedDemo {
  readonly stack: TestDemo
  readonly core: RunningCore
  readonly siteId: string
  close(): Promise<void>
}

export async function startCheckedDemo(): Promise<CheckedDemo> {
  const stack = await startTestDemo(undefined, quickTimings)
  const core = await startTestCore()
  const { siteId } = await core.client.sites.add(stack.site)
  await eventually(
    () => core.client.activity.jobs(),
    (jobs) => jobs.some(({ total }) => (total ?? 0) > 100) && jobs.every(({ state }) => state !== 'running'),
    90_000,
  )
  return {
    stack,
    core,
    siteId,
    async close() {
      await core.close()
      await stack.demo.close()
      rmSync(core.dataFolder, { recursive: true, force: true })
    },
  }
}
