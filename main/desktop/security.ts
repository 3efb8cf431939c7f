import { app, session, shell, type WebContents } from 'electron'
import { isPanelAddress } from './panel-address.ts'

/** Copying text is the one thing of a browser's permissions that the panel uses. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write'
/** A link counts as clicked when the person pressed a button or key this shortly before. */
const CLICK_MS = 1_000

/** Denies pages everything that the panel does not need: other addresses, windows, devices, permissions. */
export function secureSessions(): void {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((contents, permission, answer) => {
    answer(permission === ALLOWED_PERMISSION && isPanelAddress(contents.getURL()))
  })
  defaultSession.setPermissionCheckHandler((_contents, permission, origin) => {
    return permission === ALLOWED_PERMISSION && isPanelAddress(origin)
  })
  defaultSession.setDevicePermissionHandler(() => false)
  app.on('web-contents-created', (_event, contents) => guard(contents))
}

function guard(contents: WebContents): void {
  contents.on('will-frame-navigate', (event) => {
    if (!isPanelAddress(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isPanelAddress(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())

  let actedMs = -Infinity
  contents.on('input-event', (_event, input) => {
    if (input.type === 'mouseUp' || input.type === 'mouseDown' || input.type === 'rawKeyDown') actedMs = Date.now()
  })
  contents.setWindowOpenHandler(({ url }) => {
    const clicked = Date.now() - actedMs <= CLICK_MS
    if (clicked && isWebLink(url)) void shell.openExternal(url)
    return { action: 'deny' }
  })
}

/** Other schemes start programs: only the web goes to the person's browser. */
function isWebLink(address: string): boolean {
  const protocol = URL.parse(address)?.protocol
  return protocol === 'https:' || protocol === 'http:'
}
