import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openAppWindow } from '#main/web/app-window.ts'
import { findBrowser, whyNoWindow } from '#main/web/browsers.ts'
import type { PanelServer } from '#main/web/panel-server.ts'
import { fakeBrowser } from '../../support/fake-browser-program.ts'
import { OWNER, startStubServer, temporaryFolder, WITHOUT_PEOPLE } from '../../support/web-shell.ts'

let server: PanelServer
beforeAll(async () => {
  server = await startStubServer({
    connect: () => {
      throw new Error('No page connects here.')
    },
    ...WITHOUT_PEOPLE,
  })
})
afterAll(() => server.close())

const redirectFiles = (folder: string): string[] => readdirSync(folder).filter((name) => name.startsWith('open-'))

describe('the app window', () => {
  it('signs in through a file of this account, with no token among its arguments', async () => {
    const folder = temporaryFolder()
    const old = join(folder, 'open-crashed.html')
    writeFileSync(old, '')
    utimesSync(old, 1_000, 1_000)
    let token = ''
    let mode = 0
    const window = await openAppWindow({
      browser: fakeBrowser(folder),
      dataFolder: folder,
      signInAddress(onUsed) {
        const address = server.signInAddress(OWNER, () => {
          mode = statSync(join(folder, redirectFiles(folder)[0]!)).mode & 0o777
          onUsed()
        })
        token = new URL(address).hash.replace('#token=', '')
        return address
      },
    })
    expect(await window.signedIn).toBe(true)
    expect(mode).toBe(0o600)
    expect(redirectFiles(folder)).toEqual([])
    const given: string[] = JSON.parse(readFileSync(join(folder, 'window-profile.json'), 'utf8'))
    expect(given.join(' ')).not.toContain(token)
    expect(given.join(' ')).not.toContain('remote-debugging')
    expect(given).toContain(`--user-data-dir=${join(folder, 'window-profile')}`)
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')))
    await window.gone
  })

  it('is said not to have opened when the browser fails, and leaves no file', async () => {
    const folder = temporaryFolder()
    const signInAddress = (onUsed: () => void): string => server.signInAddress(OWNER, onUsed)
    const failing = await openAppWindow({ browser: fakeBrowser(folder, '/none.js'), dataFolder: folder, signInAddress })
    expect(await failing.signedIn).toBe(false)
    const missing = await openAppWindow({ browser: join(folder, 'none'), dataFolder: folder, signInAddress })
    expect(await missing.signedIn).toBe(false)
    await missing.gone
    expect(redirectFiles(folder)).toEqual([])
  })
})

describe('an installed browser', () => {
  it('is found on the PATH, Chrome before Chromium', () => {
    const machine = { platform: 'linux', env: { PATH: '/one:/two' }, userId: 1000 } as const
    const installed = new Set(['/two/chromium', '/two/google-chrome'])
    expect(findBrowser(machine, (path) => installed.has(path))).toBe('/two/google-chrome')
    expect(findBrowser(machine, () => false)).toBeNull()
  })

  it('is found where each system puts it', () => {
    const mac = { platform: 'darwin', env: { HOME: '/Users/olive' }, userId: 501 } as const
    expect(findBrowser(mac, (path) => path.startsWith('/Users'))).toBe(
      '/Users/olive/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    )
    const windows = { platform: 'win32', env: { ProgramFiles: 'C:\\Program Files' }, userId: undefined } as const
    expect(findBrowser(windows, (path) => path.includes('Edge'))).toBe(
      'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    )
  })

  it('must be able to start', () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'bin'))
    writeFileSync(join(folder, 'bin', 'chromium'), '')
    const machine = { platform: 'linux', env: { PATH: join(folder, 'bin') }, userId: 1000 } as const
    expect(existsSync(join(folder, 'bin', 'chromium'))).toBe(true)
    expect(findBrowser(machine)).toBeNull()
  })

  it.each([
    ['linux', {}, 1000, 'this machine has no display'],
    ['linux', { DISPLAY: ':0' }, 0, 'a window needs the sandbox, which root cannot have'],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 1000, null],
    ['darwin', {}, 0, null],
    ['win32', {}, undefined, null],
  ] as const)('on %s with %o as user %s: %s', (platform, env, userId, why) => {
    expect(whyNoWindow({ platform, env, userId })).toBe(why)
  })
})
