/** The panel's own origin in the desktop shell. A scheme of ours instead of `file:`, which could read the whole disk. */
export const PANEL_SCHEME = 'app'
export const PANEL_HOST = 'frostline'
export const PANEL_ADDRESS = `${PANEL_SCHEME}://${PANEL_HOST}/`

export function isPanelAddress(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === `${PANEL_SCHEME}:` && url.host === PANEL_HOST
}
