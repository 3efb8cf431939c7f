import { BrowserWindow } from 'electron'
import { PANEL_ADDRESS } from './panel-address.ts'
import { lastBounds, rememberBounds } from './window-bounds.ts'

export interface WindowOptions {
  readonly dataFolder: string
  /** The bundled bridge. */
  readonly preload: string
}

/** Shows the panel: brings its window to the front, or opens one. */
export function showWindow(options: WindowOptions): BrowserWindow {
  const open = BrowserWindow.getAllWindows()[0]
  if (!open) return openWindow(options)
  if (open.isMinimized()) open.restore()
  open.show()
  open.focus()
  return open
}

function openWindow({ dataFolder, preload }: WindowOptions): BrowserWindow {
  const { maximized, ...bounds } = lastBounds(dataFolder)
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 720,
    minHeight: 480,
    title: 'Frostline',
    // Shown once drawn, so that no white rectangle comes first.
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
  rememberBounds(window, dataFolder)
  void window.loadURL(PANEL_ADDRESS)
  return window
}
