import { beforeEach, describe, expect, it, vi } from 'vitest'
import { secureSessions } from '#main/desktop/security.ts'
import * as electron from '../../support/fake-electron.ts'

vi.mock('electron', () => import('../../support/fake-electron.ts'))

let contents: electron.Contents
beforeEach(() => {
  electron.reset()
  secureSessions()
  contents = new electron.Contents()
  electron.app.emit('web-contents-created', {}, contents)
})

function navigate(event: 'will-frame-navigate' | 'will-redirect', url: string): boolean {
  const navigation = { ...electron.cancellable(), url }
  contents.emit(event, navigation)
  return !navigation.defaultPrevented
}

describe('a page', () => {
  it.each(['will-frame-navigate', 'will-redirect'] as const)('stays inside the panel (%s)', (event) => {
    expect(navigate(event, 'app://frostline/pages')).toBe(true)
    for (const url of [
      'https://evil.example/',
      'app://other/',
      'file:///etc/passwd',
      'about:blank',
      'appx://frostline/',
      'nonsense',
    ]) {
      expect(navigate(event, url)).toBe(false)
    }
  })

  it('gets no web view', () => {
    const event = electron.cancellable()
    contents.emit('will-attach-webview', event)
    expect(event.defaultPrevented).toBe(true)
  })

  it('gets no permission but to copy text', () => {
    const granted = (url: string, permission: string): boolean => {
      let given = true
      electron.handlers.permission?.({ getURL: () => url }, permission, (answer) => (given = answer))
      return given
    }
    for (const permission of ['media', 'geolocation', 'notifications', 'openExternal', 'clipboard-read', 'fileSystem']) {
      expect(granted('app://frostline/', permission)).toBe(false)
      expect(electron.handlers.check?.(null, permission, 'app://frostline')).toBe(false)
    }
    expect(granted('app://frostline/', 'clipboard-sanitized-write')).toBe(true)
    expect(granted('https://evil.example/', 'clipboard-sanitized-write')).toBe(false)
    expect(electron.handlers.device?.()).toBe(false)
  })
})

describe('a link out of the panel', () => {
  const open = (url: string): unknown => contents.openHandler?.({ url })

  it('opens in the person’s browser when it was clicked, never in a window of ours', () => {
    contents.emit('input-event', {}, { type: 'mouseUp' })
    expect(open('https://site.example/page')).toEqual({ action: 'deny' })
    expect(electron.opened).toEqual(['https://site.example/page'])
  })

  it('opens nothing when nobody clicked', () => {
    contents.emit('input-event', {}, { type: 'mouseMove' })
    expect(open('https://site.example/page')).toEqual({ action: 'deny' })
    expect(electron.opened).toEqual([])
  })

  it.each(['file:///etc/passwd', 'javascript:alert(1)', 'ms-settings:', 'app://frostline/', 'smb://host/share'])(
    'never starts a program: %s',
    (url) => {
      contents.emit('input-event', {}, { type: 'mouseUp' })
      open(url)
      expect(electron.opened).toEqual([])
    },
  )
})
