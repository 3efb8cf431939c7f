import { beforeEach, describe, expect, it, vi } from 'vitest'
import { askBeforeQuit, type Quitting } from '#main/desktop/quit.ts'
import { USUAL_DESKTOP, type DesktopSettings } from '#shared/desktop.ts'
import * as electron from '../../support/fake-electron.ts'

vi.mock('electron', () => import('../../support/fake-electron.ts'))

let work: string[]
let tray: boolean
let closing: DesktopSettings['closing']
let quitting: Quitting
beforeEach(() => {
  electron.reset()
  work = []
  tray = true
  closing = USUAL_DESKTOP.closing
  quitting = askBeforeQuit({
    core: {
      busy: async () => work,
      close: async () => void electron.log.push('core closed'),
    },
    release: async () => void electron.log.push('released'),
    hasTray: () => tray,
    settings: { now: () => ({ closing }), save: (change) => void ({ closing } = change) },
  })
})
const ENDED = ['core closed', 'released', 'exit 0']

/** What happens when a person closes the only window. True: it closes at once. */
function closeWindow(): boolean {
  const window = new electron.BrowserWindow({ webPreferences: {} })
  electron.log.length = 0
  const event = electron.cancellable()
  window.emit('close', event)
  if (!event.defaultPrevented) window.destroy()
  return !event.defaultPrevented
}

describe('quitting', () => {
  it('ends the core, lets go of the folder, then exits', async () => {
    electron.app.quit()
    await vi.waitFor(() => expect(electron.log).toEqual(ENDED))
  })

  it('asks while work is queued, and stays when that is cancelled', async () => {
    work = ['2 purge plans', 'a build']
    electron.app.quit()
    await vi.waitFor(() => expect(electron.log).toEqual(['asked: 2 purge plans\na build']))
    electron.app.quit()
    await vi.waitFor(() => expect(electron.log).toHaveLength(2))
    expect(electron.log).not.toContain('exit 0')
  })

  it('leaves the work for the next start when told so', async () => {
    work = ['a build']
    electron.answers.dialog = 'Quit and go on at the next start'
    electron.app.quit()
    await vi.waitFor(() => expect(electron.log).toEqual(['asked: a build', ...ENDED]))
  })

  it('finishes first when told so', async () => {
    work = ['a build']
    electron.answers.dialog = 'Finish, then quit'
    electron.app.quit()
    await vi.waitFor(() => expect(electron.log).toEqual(['asked: a build']))
    work = []
    await vi.waitFor(() => expect(electron.log.slice(1)).toEqual(ENDED), 3_000)
  })

  it('does not ask when the system shuts down', async () => {
    work = ['a build']
    electron.powerMonitor.emit('shutdown')
    await vi.waitFor(() => expect(electron.log).toEqual(ENDED))
  })

  it('has an update installed last, and not when it was cancelled', async () => {
    work = ['a build']
    const install = vi.fn<() => void>()
    quitting.quit(install)
    await vi.waitFor(() => expect(electron.log).toHaveLength(1))
    work = []
    electron.app.quit()
    await vi.waitFor(() => expect(electron.log.slice(1)).toEqual(ENDED))
    expect(install).not.toHaveBeenCalled()
  })

  it('with an update asks first and ends with it', async () => {
    const install = vi.fn<() => void>()
    quitting.quit(install)
    await vi.waitFor(() => expect(install).toHaveBeenCalledOnce())
    expect(electron.log).toEqual(['core closed', 'released'])
  })
})

describe.skipIf(process.platform === 'darwin')('closing the last window', () => {
  it('quits while there is nothing to do', async () => {
    expect(closeWindow()).toBe(false)
    await vi.waitFor(() => expect(electron.log).toEqual(ENDED))
  })

  it('keeps Frostline in the tray when told so, without a window', async () => {
    work = ['a build']
    electron.answers.dialog = 'Keep in the tray'
    closeWindow()
    await vi.waitFor(() => expect(electron.BrowserWindow.all).toEqual([]))
    expect(electron.log).toEqual(['asked: a build'])
    expect(closing).toBe('ask')
  })

  it('offers no tray where there is none', async () => {
    work = ['a build']
    tray = false
    closeWindow()
    await vi.waitFor(() => expect(electron.log).toEqual(['asked: a build']))
    expect(electron.offered).toEqual(['Finish, then quit', 'Quit and go on at the next start', 'Cancel'])
  })

  it('remembers the choice when asked to, and does not ask again', async () => {
    work = ['a build']
    Object.assign(electron.answers, { dialog: 'Keep in the tray', always: true })
    closeWindow()
    await vi.waitFor(() => expect(closing).toBe('tray'))
    expect(closeWindow()).toBe(true)
    expect(electron.log).toEqual([])
  })

  it('asks although the tray was remembered, when the tray is gone', async () => {
    work = ['a build']
    closing = 'tray'
    tray = false
    expect(closeWindow()).toBe(false)
    await vi.waitFor(() => expect(electron.log).toEqual(['asked: a build']))
  })

  it('leaves the work for the next start without a question when that was remembered', async () => {
    work = ['a build']
    closing = 'leave'
    closeWindow()
    await vi.waitFor(() => expect(electron.log).toEqual(ENDED))
  })
})
