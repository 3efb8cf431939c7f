import { beforeEach, describe, expect, it, vi } from 'vitest'
import { MessageChannel } from 'node:worker_threads'
import { desktopShell } from '#main/desktop/shell.ts'
import { abilitiesOf, PLAIN_SHELL, serveShell, shellOverPort } from '#main/platform/shell-port.ts'
import * as electron from '../../support/fake-electron.ts'

vi.mock('electron', () => import('../../support/fake-electron.ts'))
beforeEach(() => electron.reset())

describe('what the core asks of the desktop', () => {
  const overPort = () => {
    const { port1, port2 } = new MessageChannel()
    const shell = desktopShell()
    serveShell(port1, shell)
    return { shell: shellOverPort(port2, abilitiesOf(shell)), close: () => port2.close() }
  }

  it('is the system’s proxy, as Chromium knows it', async () => {
    const { shell, close } = overPort()
    electron.answers.proxy = 'PROXY company.test:3128; DIRECT'
    expect(await shell.askSystem?.('https://outside.test/')).toBe('PROXY company.test:3128; DIRECT')
    close()
  })

  it('is to show a folder', async () => {
    const { shell, close } = overPort()
    await shell.openFolder?.('/logs')
    expect(electron.opened).toEqual(['/logs'])
    close()
  })

  it('is neither in the browser shell', () => {
    const { port1, port2 } = new MessageChannel()
    serveShell(port1, PLAIN_SHELL)
    expect(shellOverPort(port2, abilitiesOf(PLAIN_SHELL))).toEqual(PLAIN_SHELL)
    port2.close()
  })
})
