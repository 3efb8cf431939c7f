import { BrowserWindow, nativeTheme } from 'electron'
import { isRoute, PANEL_ADDRESS } from './panel-address.ts'
import { lastBounds, rememberBounds } from './window-bounds.ts'

export interface WindowOptions {
  readonly dataFolder: string
  /** The bundled bridge. */
  readonly preload: string
}

/**
 * Shows the panel: brings its window to the front, or opens one; at this path, if one is given. A page that is there goes
 * to it by itself and keeps what it has loaded.
 */
export function showWindow(options: WindowOptions, route?: string): BrowserWindow {
  const path = route !== undefined && isRoute(route) ? route : undefined
  const open = BrowserWindow.getAllWindows()[0]
  if (!open) return openWindow(options, path ?? '/')
  if (open.isMinimized()) open.restore()
  open.show()
  open.focus()
  if (path === undefined || path === '/') return open
  const { webContents } = open
  const go = (): void => webContents.send('frostline:open', path)
  if (webContents.isLoading()) webContents.once('did-finish-load', go)
  else go()
  return open
}

/** The panel's own backgrounds, shown until it has drawn itself. */
const background = (): string => (nativeTheme.shouldUseDarkColors ? '#121417' : '#f6f7f8')

function openWindow({ dataFolder, preload }: WindowOptions, route: string): BrowserWindow {
  const { maximized, ...bounds } = lastBounds(dataFolder)
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 720,
    minHeight: 480,
    title: 'Frostline',
    backgroundColor: background(),
    // Shown once drawn, so that no empty rectangle comes first.
    show: false,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  const recolour = (): void => window.setBackgroundColor(background())
  nativeTheme.on('updated', recolour)
  window.once('closed', () => nativeTheme.off('updated', recolour))
  rememberBounds(window, dataFolder)
  void window.loadURL(new URL(route, PANEL_ADDRESS).href)
  return window
}
