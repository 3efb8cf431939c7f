import { app, BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron'
import type { Folders } from './open-folder.ts'

export interface MenuActs {
  readonly open: (route: string) => void
  readonly openFolder: (which: keyof Folders) => void
}

const SCREENS = {
  Home: '/home',
  Pages: '/pages',
  Tags: '/tags',
  Purges: '/purges',
  Budget: '/budget',
  Builds: '/builds',
  Hooks: '/hooks',
  Activity: '/activity',
  'Why?': '/why',
  Sites: '/sites',
  People: '/people',
}

/** Puts up the program's menu. */
export function setMenu(acts: MenuActs): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuOf(acts, process.platform === 'darwin')))
}

/** The menu in the order and with the roles that each system expects. Screens are opened by their routes. */
export function menuOf({ open, openFolder }: MenuActs, mac: boolean): MenuItemConstructorOptions[] {
  const settings: MenuItemConstructorOptions = {
    label: mac ? 'Settings…' : '&Settings',
    accelerator: 'CmdOrCtrl+,',
    click: () => open('/settings'),
  }
  const folders: MenuItemConstructorOptions[] = [
    { label: 'Open Data Folder', click: () => openFolder('data') },
    { label: 'Open Logs', click: () => openFolder('logs') },
  ]
  return [
    ...(mac ? [appMenu(settings)] : []),
    {
      label: '&File',
      submenu: [
        {
          label: 'Search or Do Anything…',
          accelerator: 'CmdOrCtrl+K',
          // The page hears these keys itself; here they are only told of. A Mac gives them to its menu in any case.
          registerAccelerator: false,
          click: () => press('K', mac ? 'meta' : 'control'),
        },
        { type: 'separator' },
        ...folders,
        { type: 'separator' },
        ...(mac ? [{ role: 'close' } as const] : [settings, { type: 'separator' } as const, { role: 'quit' } as const]),
      ],
    },
    { role: 'editMenu' },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { label: '&Go', submenu: Object.entries(SCREENS).map(([label, route]) => ({ label, click: () => open(route) })) },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'Documentation', click: () => openFolder('docs') },
        { label: 'Keyboard Shortcuts', click: () => press('?') },
        ...(mac ? [] : [{ type: 'separator' } as const, { role: 'about' } as const]),
      ],
    },
  ]
}

function appMenu(settings: MenuItemConstructorOptions): MenuItemConstructorOptions {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      settings,
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      { role: 'quit' },
    ],
  }
}

/** Has the page hear a shortcut of its own, as if it had been pressed. */
function press(keyCode: string, ...modifiers: ('meta' | 'control')[]): void {
  const contents = BrowserWindow.getAllWindows()[0]?.webContents
  contents?.sendInputEvent({ type: 'keyDown', keyCode, modifiers })
  contents?.sendInputEvent({ type: 'keyUp', keyCode, modifiers })
}
