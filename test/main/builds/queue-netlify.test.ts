import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHttp } from '#main/platform/http.ts'
import { createNetlifyBuilder } from '#main/providers/netlify/netlify.ts'
import { startQueueWorld, type QueueWorld } from '../../support/build-queue-world.ts'
import { SITE } from '../../support/stored-site.ts'
import { NETLIFY_SITE, NETLIFY_TOKEN, startFakeNetlify, type FakeNetlify } from '../providers/fake-netlify.ts'

const http = createHttp()
let netlify: FakeNetlify
let world: QueueWorld
beforeAll(async () => {
  netlify = await startFakeNetlify()
  world = await startQueueWorld()
  const builder = createNetlifyBuilder({ siteId: NETLIFY_SITE, token: NETLIFY_TOKEN, baseUrl: netlify.baseUrl, http })
  world.through = () => builder
})
afterAll(async () => {
  await world.close()
  await netlify.stop()
  await http.close()
})

test('A build that Netlify began before the line broke is found by its title, and not paid for twice', async () => {
  let triggers = 0
  netlify.intercept = (request) => {
    if (request.method !== 'POST') return false
    triggers += 1
    netlify.push(new URL(request.url ?? '', netlify.baseUrl).searchParams.get('title') ?? '')
    request.socket.resetAndDestroy()
    return true
  }
  world.want('The menu was published')
  await world.feature.queue.look()
  expect((await world.look()).starting).toMatchObject({ problem: expect.stringContaining('Netlify cannot be reached') })
  await world.after(15)
  expect((await world.look()).starting).toBeNull()
  expect(triggers).toBe(1)
  const builds = await world.feature.listBuilds(SITE)
  expect(builds).toMatchObject([{ title: 'The menu was published', causes: ['Sanity: The menu was published'] }])
  expect((await world.look()).cost).toMatchObject({ amount: 15, unit: 'credits' })
  expect(netlify.violations).toEqual([])
})
