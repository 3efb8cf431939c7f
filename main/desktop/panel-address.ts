/** The panel's own origin in the desktop shell. A scheme of ours instead of `file:`, which could read the whole disk. */
export const PANEL_SCHEME = 'app'
export const PANEL_HOST = 'frostline'
export const PANEL_ADDRESS = `${PANEL_SCHEME}://${PANEL_HOST}/`

/** Whether this is a path of the panel's own, and nothing that leads elsewhere. */
export function isRoute(route: string): boolean {
  return /^\/(?![/\\])/.test(route) && URL.parse(route, PANEL_ADDRESS)?.href.startsWith(PANEL_ADDRESS) === true
}

export function isPanelAddress(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === `${PANEL_SCHEME}:` && url.host === PANEL_HOST
}
