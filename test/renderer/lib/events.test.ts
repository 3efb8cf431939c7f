import { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => vi.unstubAllGlobals())

/** Which lists are asked for again when the core tells of a topic. */
async function askedAgainFor(topic: 'builds' | 'deploys' | 'buildQueue'): Promise<string[]> {
  vi.stubGlobal('window', { frostline: undefined })
  const { createInvalidator } = await import('#renderer/lib/events.ts')
  const { orpc } = await import('#renderer/lib/client.ts')
  const queries = new QueryClient()
  const lists = {
    builds: orpc.builds.list.queryKey({ input: { siteId: 's1' } }),
    deploys: orpc.deploys.list.queryKey({ input: { siteId: 's1' } }),
    jobs: orpc.activity.jobs.queryKey(),
  }
  queries.setQueryData(lists.builds, [])
  queries.setQueryData(lists.jobs, [])
  queries.setQueryData(lists.deploys, {
    deploys: [],
    pin: null,
    lastSwitch: null,
    later: null,
    time: { usualMs: null, measured: 0 },
  })
  const { promise: done, resolve } = Promise.withResolvers<void>()
  createInvalidator(queries, async () => resolve())([topic])
  await done
  return Object.entries(lists).flatMap(([name, key]) => (queries.getQueryState(key)?.isInvalidated ? [name] : []))
}

test('Builds and deploys show two sides of one thing: what changes the one has both asked again, and the jobs', async () => {
  expect(await askedAgainFor('builds')).toEqual(['builds', 'deploys', 'jobs'])
  expect(await askedAgainFor('deploys')).toEqual(['builds', 'deploys', 'jobs'])
  expect(await askedAgainFor('buildQueue')).toEqual(['jobs'])
})
