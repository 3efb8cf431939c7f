import { app } from 'electron'
import { LINK_SCHEME, panelAddressOf } from '#shared/deep-link.ts'

/** The last of a program's arguments that is a link: a system hands it over so where it sends no event. */
export function linkAmong(args: readonly string[]): string | null {
  return args.findLast((arg) => arg.toLowerCase().startsWith(`${LINK_SCHEME}//`)) ?? null
}

export interface Links {
  /** Opens what came before there was anybody to open it, and from then on what comes. */
  openWith(open: (route: string) => void): void
}

/**
 * Has the system hand links over, and collects them from the first moment on: on a Mac one may come before Electron is
 * ready. Links that are none of ours are dropped without a word.
 */
export function collectLinks(args: readonly string[]): Links {
  let open: ((route: string) => void) | null = null
  let waiting: string | null = null
  const take = (link: string | null): void => {
    const route = link === null ? null : panelAddressOf(link)
    if (route === null) return
    if (open) open(route)
    else waiting = route
  }
  app.on('open-url', (event, link) => {
    event.preventDefault()
    take(link)
  })
  app.on('second-instance', (_event, argv) => take(linkAmong(argv)))
  take(linkAmong(args))
  // In a checkout the scheme would be Electron's own program with nothing to start.
  if (app.isPackaged) app.setAsDefaultProtocolClient(LINK_SCHEME.replace(':', ''))
  return {
    openWith(opens) {
      open = opens
      if (waiting !== null) opens(waiting)
      waiting = null
    },
  }
}
