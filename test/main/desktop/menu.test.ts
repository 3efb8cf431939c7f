import { beforeEach, describe, expect, it, vi } from 'vitest'
import { menuOf } from '#main/desktop/menu.ts'
import { folderOpener } from '#main/desktop/open-folder.ts'
import { showWindow } from '#main/desktop/window.ts'
import { siteWords, trayMenu, trayTip } from '#main/desktop/tray-menu.ts'
import { silentLog } from '#main/platform/log.ts'
import * as electron from '../../support/fake-electron.ts'
import { temporaryFolder } from '../../support/web-shell.ts'

vi.mock('electron', () => import('../../support/fake-electron.ts'))
beforeEach(() => electron.reset())

const opened: string[] = []
const acts = { open: (route: string) => void opened.push(route), openFolder: (which: string) => void opened.push(which) }
const items = (mac: boolean) => menuOf(acts, mac) as electron.Item[]
const click = (label: string) => electron.itemOf(items(false), label)?.click?.({ checked: false })
const roles = (mac: boolean) => items(mac).map(({ role, label }) => role ?? label)

describe('the menu', () => {
  it('has the order of each system', () => {
    expect(roles(true)).toEqual(['appMenu', '&File', 'editMenu', '&View', '&Go', 'windowMenu', 'help'])
    expect(roles(false)).toEqual(['&File', 'editMenu', '&View', '&Go', 'windowMenu', 'help'])
  })

  it('opens screens by their routes, and folders by their names', () => {
    opened.length = 0
    for (const label of ['Purges', 'Why?', '&Settings', 'Open Data Folder', 'Open Logs', 'Documentation']) click(label)
    expect(opened).toEqual(['/purges', '/why', '/settings', 'data', 'logs', 'docs'])
  })

  it('has the page hear its own shortcut', () => {
    const window = new electron.BrowserWindow({ webPreferences: {} })
    click('Search or Do Anything…')
    expect(window.webContents.input.map(({ type, keyCode }) => `${type} ${keyCode}`)).toEqual(['keyDown K', 'keyUp K'])
  })
})

it('Folders are opened by name, and no other place', async () => {
  const open = folderOpener({ docs: '/p/docs', data: '/d', logs: '/d/logs' }, silentLog)
  open('logs')
  expect(electron.opened).toEqual(['/d/logs'])
})

describe('the tray’s words', () => {
  const site = { id: 'a b', name: 'A & B', oldCopies: 1, building: true, canBuild: true, budgetPercent: 83 }
  const none = { open: () => undefined, rebuild: () => undefined, setPaused: () => undefined, quit: () => undefined }

  it('say what is wrong first', () => {
    expect(siteWords(site)).toBe('1 old copy · build running · 83 % of the free items used')
    expect(siteWords({ ...site, oldCopies: 0, building: false, budgetPercent: null })).toBe('no old copies')
    expect(trayTip({ sites: [site, { ...site, oldCopies: 1_200 }], paused: true })).toBe(
      'Frostline: 1,201 old copies, automation paused',
    )
  })

  it('offer no second build while one runs, and say that there is no site', () => {
    const menu = trayMenu({ sites: [site], paused: false }, none) as electron.Item[]
    expect(menu[0]?.label).toMatch(/^A && B: /)
    expect(electron.itemOf(menu, 'Rebuild')?.enabled).toBe(false)
    expect(trayMenu({ sites: [], paused: false }, none)[0]).toEqual({ label: 'No site yet', enabled: false })
  })
})

describe('the window', () => {
  const options = { dataFolder: temporaryFolder(), preload: '/preload.cjs' }

  it('opens at the path it was asked for', () => {
    showWindow(options, '/purges/7?site=a')
    expect(electron.log).toContain('load app://frostline/purges/7?site=a')
  })

  it('has a page that is there go to the path by itself, after it has loaded', () => {
    const window = showWindow(options) as unknown as electron.BrowserWindow
    window.webContents.loading = true
    showWindow(options, '/builds')
    expect(window.webContents.sent).toEqual([])
    window.webContents.emit('did-finish-load')
    expect(window.webContents.sent).toEqual([['frostline:open', '/builds']])
  })

  it('never goes elsewhere', () => {
    const window = showWindow(options, '//evil.example/') as unknown as electron.BrowserWindow
    showWindow(options, 'https://evil.example/')
    expect(window.webContents.sent).toEqual([])
    expect(electron.log.filter((line) => line.startsWith('load'))).toEqual(['load app://frostline/'])
  })

  it('has the background of the system’s colours, also when they change', () => {
    electron.nativeTheme.shouldUseDarkColors = true
    const window = showWindow(options) as unknown as electron.BrowserWindow
    expect(window.options.backgroundColor).toBe('#121417')
    electron.nativeTheme.shouldUseDarkColors = false
    electron.nativeTheme.emit('updated')
    expect(electron.log).toContain('background #f6f7f8')
  })
})
