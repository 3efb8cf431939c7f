import { afterAll, expect, test } from 'vitest'
import { eventually, memorySecrets, startTestCore, type RunningCore } from '../../support/core-client.ts'

let panel: RunningCore | undefined
afterAll(() => panel?.close())

test('the built-in site keeps its name and stays removed over a restart, though it is brought up to date, and can be restored', async () => {
  const kept = memorySecrets()
  let written = 0
  const secrets = {
    ...kept,
    async set(name: string, value: string) {
      await kept.set(name, value)
      if (name.endsWith(':renderer')) written += 1
    },
  }
  panel = await startTestCore({ demo: true, secrets })
  const first = panel
  const [site] = await eventually(
    () => first.client.sites.list(),
    ([one]) => one?.edge.state === 'ok',
    90_000,
  )
  const removedId = site?.id ?? ''
  const { settings } = await first.client.siteSettings.get({ siteId: removedId })
  await first.client.siteSettings.change({ siteId: removedId, settings: { ...settings, name: 'Lollies shop' } })
  await first.client.sites.remove({ siteId: removedId })
  expect(await first.client.siteSettings.removed()).toMatchObject([{ id: removedId, builtIn: true }])
  await first.client.siteSettings.erase({ removedId })
  expect(await first.client.siteSettings.removed()).toMatchObject([{ id: removedId, pages: 0 }])
  await first.close()

  const before = written
  panel = await startTestCore({ demo: true, secrets, dataFolder: first.dataFolder })
  const second = panel
  await eventually(
    async () => written,
    (now) => now > before,
    90_000,
  )
  expect(await second.client.sites.list()).toEqual([])
  await second.client.siteSettings.restore({ removedId })
  expect(await second.client.sites.list()).toMatchObject([{ id: removedId, name: 'Lollies shop' }])
  await eventually(
    () => second.client.pages.list({ siteId: removedId }),
    ({ rows }) => rows.length > 20,
    60_000,
  )
}, 240_000)
