import type { HeldFolder } from '../platform/data-folder.ts'
import type { Log } from '../platform/log.ts'
import { listenOnLoopback, type ListeningServer } from '../web/listen.ts'
import { answerOpen } from '../web/open-request.ts'
import { plain } from '../web/panel-files.ts'
import { secretText } from '../platform/random-secret.ts'

/** Shows the window when another start on this data folder asks for it, whichever shell that start wanted. */
export async function listenForSecondStarts(folder: HeldFolder, log: Log, show: () => void): Promise<ListeningServer> {
  const openSecret = secretText()
  const server = await listenOnLoopback(0, log, async (request, url) => {
    if (request.method !== 'POST' || url.pathname !== '/open') return plain(404, 'Frostline runs in its desktop window.')
    return answerOpen(request, openSecret, async () => {
      show()
      return { done: 'window' }
    })
  })
  await folder.announce({ origin: server.origin, openSecret })
  return server
}
