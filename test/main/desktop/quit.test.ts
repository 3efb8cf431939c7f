import { beforeEach, describe, expect, it, vi } from 'vitest'
import { askBeforeQuit } from '#main/desktop/quit.ts'
import * as electron from '../../support/fake-electron.ts'

vi.mock('electron', () => import('../../support/fake-electron.ts'))

let work: string[]
beforeEach(() => {
  electron.reset()
  work = []
  const core = {
    busy: async () => work,
    close: async () => void electron.log.push('core closed'),
  }
  askBeforeQuit(core, async () => void electron.log.push('released'))
})
const ENDED = ['core closed', 'released', 'exit 0']

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
    electron.answers.dialog = 1
    electron.app.quit()
    await vi.waitFor(() => expect(electron.log).toEqual(['asked: a build', ...ENDED]))
  })

  it('finishes first when told so', async () => {
    work = ['a build']
    electron.answers.dialog = 0
    electron.app.quit()
    await vi.waitFor(() => expect(electron.log).toEqual(['asked: a build']))
    work = []
    await vi.waitFor(() => expect(electron.log.slice(1)).toEqual(ENDED), 3_000)
  })

  it('is what closing the last window means, except on a Mac', async () => {
    const window = new electron.BrowserWindow({ webPreferences: {} })
    electron.log.length = 0
    const event = electron.cancellable()
    window.emit('close', event)
    if (process.platform === 'darwin') return expect(event.defaultPrevented).toBe(false)
    expect(event.defaultPrevented).toBe(true)
    await vi.waitFor(() => expect(electron.log).toEqual(ENDED))
  })

  it('does not ask when the system shuts down', async () => {
    work = ['a build']
    electron.powerMonitor.emit('shutdown')
    await vi.waitFor(() => expect(electron.log).toEqual(ENDED))
  })
})
