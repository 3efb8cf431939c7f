import { app } from 'electron'
import { LINK_SCHEME, panelAddressOf } from '#shared/deep-link.ts'
import { importRouteOf, onOpenFile, settingsFileAmong } from './settings-files.ts'

/** The last of a program's arguments that is a link: a system hands it over so where it sends no event. */
export function linkAmong(args: readonly string[]): string | null {
  return args.findLast((arg) => arg.toLowerCase().startsWith(`${LINK_SCHEME}//`)) ?? null
}

/** What the system hands over: links, and files of settings. */
export interface Links {
  /** Opens what came before there was anybody to open it, and from then on what comes. */
  openWith(open: (route: string) => void): void
}

/**
 * Has the system hand links and files over, and collects them from the first moment on: on a Mac one may come before
 * Electron is ready. What is none of ours is dropped without a word.
 */
export function collectLinks(args: readonly string[]): Links {
  let open: ((route: string) => void) | null = null
  let waiting: string | null = null
  const show = (route: string | null): void => {
    if (route === null) return
    if (open) open(route)
    else waiting = route
  }
  const takeArguments = (args: readonly string[]): void => {
    const link = linkAmong(args)
    const file = settingsFileAmong(args)
    if (link !== null) show(panelAddressOf(link))
    else if (file !== null) show(importRouteOf(file))
  }
  app.on('open-url', (event, link) => {
    event.preventDefault()
    show(panelAddressOf(link))
  })
  onOpenFile((path) => show(importRouteOf(path)))
  app.on('second-instance', (_event, argv) => takeArguments(argv))
  takeArguments(args)
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
