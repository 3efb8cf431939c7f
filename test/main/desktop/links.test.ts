import { beforeEach, describe, expect, it, vi } from 'vitest'
import { collectLinks, linkAmong } from '#main/desktop/links.ts'
import { panelAddressOf } from '#shared/deep-link.ts'
import { isRoute } from '#main/desktop/panel-address.ts'
import * as electron from '../../support/fake-electron.ts'

vi.mock('electron', () => import('../../support/fake-electron.ts'))
beforeEach(() => electron.reset())

const LINK = 'frostline://site/www.example.com/page?path=%2Flolly%2Fx7'
const ROUTE = `/link?to=${encodeURIComponent(LINK).replaceAll('%20', '+')}`

describe('a link', () => {
  it('is opened by a path of the panel that carries it whole', () => {
    const route = panelAddressOf(LINK)
    expect(route).toBe(ROUTE)
    expect(new URLSearchParams(route?.split('?')[1]).get('to')).toBe(LINK)
  })

  it.each([
    'https://example.com/',
    'frostline://evil',
    'frostline://site//page?path=/',
    'frostline://site/a/page?path=/\u0000',
    'javascript:alert(1)//frostline://site/a/page',
    'frostline://site/a/page?path=/#<script>',
    `frostline://site/a/page?path=/${'a'.repeat(20_000)}`,
    'file:///etc/passwd',
    '',
  ])('%j is none of ours', (link) => {
    expect(panelAddressOf(link)).toBeNull()
  })

  it('is found among the arguments of a program', () => {
    expect(linkAmong(['/usr/bin/frostline', '--flag', LINK])).toBe(LINK)
    expect(linkAmong(['/usr/bin/frostline', 'https://example.com'])).toBeNull()
  })
})

describe('a file of settings', () => {
  const FILE = '/home/ada/shop & more.frostline'
  const IMPORT = `/sites?${new URLSearchParams({ import: 'settings', file: FILE })}`
  const opened: string[] = []
  const collect = (args: readonly string[]) => collectLinks(args).openWith((route) => void opened.push(route))
  beforeEach(() => void (opened.length = 0))

  it('that the program is started with is opened on the screen that shows what it would do', () => {
    collect(['/opt/frostline', '--flag', FILE])
    expect(opened).toEqual([IMPORT])
    expect(isRoute(IMPORT)).toBe(true)
  })

  it('of a second start and of a Mac is opened in the first', () => {
    collect(['/opt/frostline'])
    electron.app.emit('second-instance', {}, ['/opt/frostline', FILE])
    const event = electron.cancellable()
    electron.app.emit('open-file', event, FILE)
    expect(opened).toEqual([IMPORT, IMPORT])
    expect(event.defaultPrevented).toBe(true)
  })

  it('waits for the window where it comes before it', () => {
    const links = collectLinks(['/opt/frostline'])
    electron.app.emit('open-file', electron.cancellable(), FILE)
    links.openWith((route) => void opened.push(route))
    expect(opened).toEqual([IMPORT])
  })

  it.each(['/home/ada/notes.json', 'shop.frostline', '/opt/program.frostline', `/${'a'.repeat(5_000)}.frostline`])(
    '%s is none: another ending, no whole path, the program itself, too long',
    (path) => {
      collect(path === '/opt/program.frostline' ? [path] : ['/opt/frostline', path])
      expect(opened).toEqual([])
    },
  )
})

describe('links that the system hands over', () => {
  const opened: string[] = []
  beforeEach(() => void (opened.length = 0))

  it('before there is a window wait for it', () => {
    const links = collectLinks(['frostline', LINK])
    links.openWith((route) => void opened.push(route))
    links.openWith((route) => void opened.push(route))
    expect(opened).toEqual([ROUTE])
  })

  it('of a second start and of a Mac are opened in the first', () => {
    collectLinks([]).openWith((route) => void opened.push(route))
    electron.app.emit('second-instance', {}, ['frostline', LINK])
    const event = electron.cancellable()
    electron.app.emit('open-url', event, LINK)
    expect(opened).toEqual([ROUTE, ROUTE])
    expect(event.defaultPrevented).toBe(true)
  })

  it('that are hostile open nothing', () => {
    collectLinks(['frostline://evil']).openWith((route) => void opened.push(route))
    electron.app.emit('second-instance', {}, ['frostline', 'frostline://site/a/page?path=/#x'])
    expect(opened).toEqual([])
  })

  it('are asked for only by a package: a checkout’s program is Electron itself', () => {
    collectLinks([])
    expect(electron.log).toEqual([])
    electron.app.isPackaged = true
    collectLinks([])
    expect(electron.log).toEqual(['links frostline'])
  })
})

it.each(['//evil.example/', '/\\evil.example', 'https://evil.example/', 'pages', ''])('%j is no path of the panel', (route) => {
  expect(isRoute(route)).toBe(false)
})
