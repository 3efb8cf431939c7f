import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CoreHandle, CoreOptions } from '#main/core-host.ts'
import { boot } from '#main/desktop/boot.ts'
import { holdDataFolder, whoHolds } from '#main/platform/data-folder.ts'
import { askToOpen } from '#main/web/open-request.ts'
import { panelFiles } from '#main/web/panel-files.ts'
import * as electron from '../../support/fake-electron.ts'
import { STUB_PANEL, temporaryFolder } from '../../support/web-shell.ts'

vi.mock('electron', () => import('../../support/fake-electron.ts'))
// The bundle's places do not exist among the sources: the stub core and the stub panel stand in for them.
vi.mock('#main/core-host.ts', async (original) => {
  const { startCore } = await original<typeof import('#main/core-host.ts')>()
  return {
    async startCore(options: CoreOptions) {
      electron.log.push('core')
      core = await startCore({ ...options, threadUrl: new URL('../../support/stub-core-thread.ts', import.meta.url) })
      return core
    },
  }
})
vi.mock('#main/web/panel-files.ts', async (original) => {
  const real = await original<{ panelFiles: typeof panelFiles }>()
  return { ...real, panelFiles: () => real.panelFiles(STUB_PANEL, []) }
})

const NO_LINKS = { openWith: () => undefined }
let core: CoreHandle | undefined
beforeEach(() => electron.reset())
afterEach(() => core?.close())

describe('the desktop', () => {
  it('secures itself and serves the panel before the first window', async () => {
    await boot(temporaryFolder(), NO_LINKS)
    expect(electron.log).toEqual(['secure', 'serve panel', 'core', 'menu', 'window', 'load app://frostline/'])
    expect(electron.BrowserWindow.all[0]?.options.webPreferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
    })
  })

  it('serves the panel under its own scheme only, with the same policy as the browser', async () => {
    await boot(temporaryFolder(), NO_LINKS)
    const get = async (url: string): Promise<Response | undefined> => electron.handlers.protocol?.(new Request(url))
    const page = await get('app://frostline/pages')
    expect(page?.status).toBe(200)
    expect(page?.headers.get('content-security-policy')).toContain("connect-src 'self';")
    expect((await get('app://frostline/..%2fpackage.json'))?.status).toBe(404)
    expect((await get('app://other/'))?.status).toBe(404)
  })

  it('shows its window when another start asks, whichever shell that wanted', async () => {
    const folder = temporaryFolder()
    await boot(folder, NO_LINKS)
    const running = await whoHolds(folder)
    expect(await askToOpen(running!, { print: true })).toEqual({ done: 'window' })
    electron.app.emit('second-instance')
    expect(electron.log.filter((line) => line === 'focus')).toHaveLength(2)
    expect(electron.BrowserWindow.all).toHaveLength(1)
  })

  it('hands over when the folder is held', async () => {
    const folder = temporaryFolder()
    await boot(folder, NO_LINKS)
    electron.log.length = 0
    await boot(folder, NO_LINKS)
    expect(electron.log).toEqual(['show', 'focus', 'exit 0'])
  })

  it('ends and lets the folder go when it is quit', async () => {
    const folder = temporaryFolder()
    await boot(folder, NO_LINKS)
    electron.app.quit()
    await vi.waitFor(() => expect(electron.log).toContain('exit 0'))
    const held = holdDataFolder(folder)
    expect(held).not.toBeNull()
    held?.release()
  })

  it('says so and ends when its core falls', async () => {
    vi.stubEnv('FROSTLINE_STUB', 'falls')
    await boot(temporaryFolder(), NO_LINKS)
    await vi.waitFor(() => expect(electron.log).toContain('exit 1'))
    expect(electron.errorBoxes[0]?.title).toBe('Frostline stopped')
    vi.unstubAllEnvs()
  })

  it('passes sleep and waking on', async () => {
    await boot(temporaryFolder(), NO_LINKS)
    expect(electron.powerMonitor.listenerCount('suspend')).toBe(1)
    expect(electron.powerMonitor.listenerCount('resume')).toBe(1)
  })
})
