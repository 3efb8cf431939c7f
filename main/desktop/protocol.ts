import { protocol } from 'electron'
import { panelFiles, plain } from '../web/panel-files.ts'
import { isPanelAddress, PANEL_SCHEME } from './panel-address.ts'

/** Makes the panel's scheme a full origin, with its own storage. Works only before Electron is ready. */
export function registerPanelScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PANEL_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/** Serves the built panel under its scheme, by the same rules as the browser shell. */
export async function servePanel(folder: string): Promise<void> {
  const files = await panelFiles(folder, [])
  protocol.handle(PANEL_SCHEME, async (request) => {
    const url = new URL(request.url)
    const ours = isPanelAddress(request.url) && (request.method === 'GET' || request.method === 'HEAD')
    const answer = ours ? await files(url.pathname) : plain(404, 'Frostline has nothing at this address.')
    return new Response(answer.body, { status: answer.status, headers: answer.headers })
  })
}
