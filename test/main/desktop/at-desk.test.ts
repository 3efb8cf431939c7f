import { MessageChannel } from 'node:worker_threads'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { beAtDesk } from '#main/desktop/at-desk.ts'
import { openDesk, type Desk } from '#main/desktop/desk.ts'
import { followSettings } from '#main/desktop/settings.ts'
import { notify } from '#main/desktop/notify.ts'
import { silentLog } from '#main/platform/log.ts'
import { eventually, startTestCore, type RunningCore } from '../../support/core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../../support/demo.ts'
import * as electron from '../../support/fake-electron.ts'
import { OWNER } from '../../support/web-shell.ts'

vi.mock('electron', () => import('../../support/fake-electron.ts'))
vi.mock('#main/desktop/tray-host.ts', () => ({ noTrayBecause: async () => null }))

let stack: TestDemo
let running: RunningCore
let desk: Desk
let siteId: string
const opened: string[] = []
const folders: string[] = []

beforeAll(async () => {
  electron.reset()
  stack = await startTestDemo(undefined, quickTimings)
  running = await startTestCore()
  siteId = (await running.client.sites.add(stack.site)).siteId
  const connect = (identity: Parameters<RunningCore['core']['connect']>[1]) => {
    const { port1, port2 } = new MessageChannel()
    running.core.connect(port2, identity)
    return port1
  }
  desk = openDesk({ connect }, OWNER, silentLog)
  await beAtDesk({
    desk,
    settings: followSettings(desk, silentLog),
    log: silentLog,
    icons: '/icons',
    open: (route) => void opened.push(route),
    openFolder: (which) => void folders.push(which),
    quit: () => undefined,
  })
}, 60_000)
afterAll(async () => {
  desk.close()
  await running.close()
  await stack.demo.close()
})
beforeEach(() => {
  opened.length = folders.length = electron.notifications.length = 0
  electron.answers.focused = false
})

const click = (label: string, checked = false) => electron.itemOf(electron.trays[0]?.menu ?? [], label)?.click?.({ checked })
const labels = () => (electron.trays[0]?.menu ?? []).map(({ label }) => label ?? '')

describe('the tray', () => {
  it('tells how each site stands, and follows what changes', async () => {
    const words = await eventually(
      async () => labels()[0] ?? '',
      (label) => label.includes('% of the free items used'),
    )
    expect(words).toMatch(/^Lollies.*: (no old copies|[\d,]+ old cop(y|ies)).* · 0 % of the free items used$/)
    await running.client.automation.setPaused({ paused: true })
    await eventually(
      async () => electron.trays[0]?.tip ?? '',
      (tip) => tip.endsWith('automation paused'),
    )
    click('Pause all automation', false)
    await eventually(
      () => running.client.automation.pause(),
      (pause) => pause === null,
    )
  })

  it('opens a site where its name leads', () => {
    click('Open')
    click('Open Frostline')
    expect(opened).toEqual([`/home?site=${siteId}`, '/'])
  })

  it('rebuilds without a question, says what it did, and tells when the build is done', async () => {
    await eventually(
      async () => electron.itemOf(electron.trays[0]?.menu ?? [], 'Rebuild')?.enabled ?? false,
      (enabled) => enabled,
    )
    click('Rebuild')
    const said = await eventually(
      async () => electron.notifications.map(({ options }) => options.title),
      (titles) => titles.some((title) => title.endsWith(': build done')),
      40_000,
    )
    expect(said[0]).toMatch(/: rebuild requested$/)
    electron.notifications.find(({ options }) => options.title.endsWith('build done'))?.emit('click')
    expect(opened[0]).toMatch(new RegExp(`^/builds\\?build=.+&site=${siteId}$`))
    const by = (await running.client.activity.log({})).rows.find(({ kind, result }) => kind === 'build' && result === 'begun')?.by
    expect(by).toContain(OWNER.person)
  })
})

describe('the window’s report', () => {
  it('says that there is a tray and why nothing is updated', async () => {
    const { report } = await eventually(
      () => running.client.desktop.get(),
      ({ report }) => report?.updates.kind === 'off',
    )
    expect(report?.noTrayBecause).toBeNull()
  })

  it('is followed by what people wish', async () => {
    await running.client.desktop.wish({ wish: 'open-data-folder' })
    await eventually(
      async () => folders,
      (shown) => shown[0] === 'data',
    )
  })
})

it('Nothing is notified while the window is in front', () => {
  const window = new electron.BrowserWindow({ webPreferences: {} })
  electron.answers.focused = true
  notify({ title: 'a', body: 'b', route: '/' }, () => undefined)
  expect(electron.notifications).toEqual([])
  window.destroy()
})
