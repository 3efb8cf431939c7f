import type { MessagePort } from 'node:worker_threads'
import { ipcMain, MessageChannelMain, type MessagePortMain } from 'electron'
import type { CoreHandle } from '../core-host.ts'
import type { Identity } from '../core-protocol.ts'
import type { Log } from '../platform/log.ts'
import { isFrame } from '../web/frame.ts'
import { isPanelAddress } from './panel-address.ts'

/** Gives the panel's page a port to the core each time it asks. The only listener to a page in this shell. */
export function relayPorts(core: Pick<CoreHandle, 'connect'>, identity: Identity, log: Log): void {
  ipcMain.on('frostline:connect', (event) => {
    const frame = event.senderFrame
    if (!frame || frame.parent !== null || !isPanelAddress(frame.url)) {
      log.warn({ address: frame?.url }, 'refused a page that is not the panel')
      return
    }
    const { port1, port2 } = new MessageChannelMain()
    relay(port1, core.connect(identity))
    frame.postMessage('frostline:port', null, [port2])
  })
}

/** Passes frames between the page and the core as they are. Either end closing closes the other. */
export function relay(page: MessagePortMain, core: MessagePort): void {
  page.on('message', (event) => {
    if (isFrame(event.data)) core.postMessage(event.data)
  })
  core.on('message', (frame: unknown) => {
    if (isFrame(frame)) page.postMessage(frame)
  })
  page.on('close', () => core.close())
  core.on('close', () => page.close())
  page.start()
}
