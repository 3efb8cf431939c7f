import { beforeEach, describe, expect, it, vi } from 'vitest'
import { followUpdates, type Updates } from '#main/desktop/updates.ts'
import { silentLog } from '#main/platform/log.ts'
import { USUAL_DESKTOP, type DesktopSettings, type UpdateState } from '#shared/desktop.ts'

const { updater } = await vi.hoisted(async () => {
  const { EventEmitter } = await import('node:events')
  class FakeUpdater extends EventEmitter {
    autoInstallOnAppQuit = true
    channel = ''
    checks: string[] = []
    installed = 0
    answer = (): void => undefined
    checkForUpdates = async (): Promise<void> => {
      this.checks.push(this.channel)
      this.answer()
    }
    quitAndInstall = (): void => void (this.installed += 1)
  }
  return { updater: new FakeUpdater() }
})
vi.mock('electron-updater', () => ({ default: { autoUpdater: updater } }))

let settings: DesktopSettings
let states: UpdateState[]
let changed: (() => void)[]
beforeEach(() => {
  updater.removeAllListeners()
  Object.assign(updater, { checks: [], installed: 0, autoInstallOnAppQuit: true })
  updater.answer = () => void updater.emit('update-not-available')
  settings = USUAL_DESKTOP
  states = []
  changed = []
})

function follow(signed: boolean): Updates {
  return followUpdates({
    signed,
    log: silentLog,
    tell: (state) => void states.push(state),
    settings: { now: () => settings, onChange: (listener) => void changed.push(() => listener(settings)) },
    quit: (last) => last(),
  })
}
const last = () => states.at(-1)

describe('updates', () => {
  it('are off in a build that is not signed, say so, and load nothing', async () => {
    await follow(false).check()
    expect(last()).toEqual({
      kind: 'off',
      why: 'Updates: off – this build is not signed. Install a newer version yourself when there is one.',
    })
    expect([updater.eventNames(), updater.checks]).toEqual([[], []])
  })

  it('are off when a person switched them off, and on again from then on', async () => {
    settings = { ...settings, updates: false }
    follow(true)
    expect(last()?.kind).toBe('off')
    settings = { ...settings, updates: true, channel: 'beta' }
    changed.forEach((tell) => tell())
    await vi.waitFor(() => expect(last()?.kind).toBe('newest'))
    expect(updater.checks).toEqual(['beta'])
  })

  it('are fetched with their progress, and installed only when a person says so', async () => {
    updater.answer = () => {
      updater.emit('update-available', { version: '2.0.0' })
      updater.emit('download-progress', { percent: 41.6 })
      updater.emit('update-downloaded', { version: '2.0.0' })
    }
    const updates = follow(true)
    updates.restart()
    await vi.waitFor(() => expect(last()).toEqual({ kind: 'ready', version: '2.0.0' }))
    expect(states).toContainEqual({ kind: 'fetching', version: '2.0.0', percent: 42 })
    expect([updater.autoInstallOnAppQuit, updater.installed]).toEqual([false, 0])
    updates.restart()
    await vi.waitFor(() => expect(updater.installed).toBe(1))
  })

  it('that cannot be looked up say when it is tried again, without the error’s own words', async () => {
    updater.answer = () => {
      throw new Error('getaddrinfo ENOTFOUND updates.example with token abc')
    }
    follow(true)
    await vi.waitFor(() => expect(last()?.kind).toBe('failed'))
    expect(JSON.stringify(states)).not.toContain('abc')
  })
})
