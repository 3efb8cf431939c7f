import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

// The one fake of Electron. It records what the shell asks for and lets a test play the page, the person and the system:
//   vi.mock('electron', () => import('../../support/fake-electron.ts'))

/** Everything that happened, in order, by name. */
export const log: string[] = []
export const opened: string[] = []
export const errorBoxes: { title: string; content: string }[] = []
/** `dialog` is the button by its label. */
export const answers = {
  dialog: 'Cancel',
  always: false,
  encryption: true,
  backend: 'gnome_libsecret',
  onlyInstance: true,
  focused: false,
  proxy: 'DIRECT',
}
export const notifications: Notification[] = []
export const trays: Tray[] = []
export const paths: Record<string, string> = {}

type Permission = (contents: { getURL(): string }, permission: string, answer: (granted: boolean) => void) => void
export const handlers: {
  protocol?: (request: Request) => Promise<Response>
  permission?: Permission
  check?: (contents: unknown, permission: string, origin: string) => boolean
  device?: () => boolean
} = {}

class App extends EventEmitter {
  isPackaged = false
  setName = (name: string): void => void log.push(`name ${name}`)
  setPath = (name: string, path: string): void => void (paths[name] = path)
  getAppPath = (): string => '/program'
  getVersion = (): string => '0.0.0'
  requestSingleInstanceLock = (): boolean => answers.onlyInstance
  whenReady = async (): Promise<void> => void log.push('ready')
  setAsDefaultProtocolClient = (scheme: string): void => void log.push(`links ${scheme}`)
  exit = (code: number): void => void log.push(`exit ${code}`)
  quit = (): void => {
    const event = cancellable()
    this.emit('before-quit', event)
    if (!event.defaultPrevented) log.push('quit')
  }
}
export const app = new App()
export const powerMonitor = new EventEmitter()
export const ipcMain = new EventEmitter()

export const protocol = {
  registerSchemesAsPrivileged: (): void => void log.push('scheme'),
  handle(_scheme: string, handler: (request: Request) => Promise<Response>): void {
    log.push('serve panel')
    handlers.protocol = handler
  },
}

export const session = {
  defaultSession: {
    setPermissionRequestHandler(handler: Permission): void {
      log.push('secure')
      handlers.permission = handler
    },
    setPermissionCheckHandler: (handler: NonNullable<typeof handlers.check>): void => void (handlers.check = handler),
    resolveProxy: async (): Promise<string> => answers.proxy,
    setDevicePermissionHandler: (handler: () => boolean): void => void (handlers.device = handler),
  },
}

export const shell = {
  openExternal: async (address: string): Promise<void> => void opened.push(address),
  async openPath(path: string): Promise<string> {
    opened.push(path)
    return ''
  },
}

export const dialog = {
  async showMessageBox(box: { detail?: string; buttons: string[] }): Promise<{ response: number; checkboxChecked: boolean }> {
    log.push(`asked: ${box.detail?.split('\n\n')[0]}`)
    offered = box.buttons
    return { response: box.buttons.indexOf(answers.dialog), checkboxChecked: answers.always }
  },
  showErrorBox: (title: string, content: string): void => void errorBoxes.push({ title, content }),
}

/** The buttons of the last question. */
export let offered: readonly string[] = []

/** A menu item as far as the shell writes it. */
export interface Item {
  readonly label?: string
  readonly role?: string
  readonly enabled?: boolean
  readonly submenu?: Item[]
  readonly click?: (item: { checked: boolean }) => void
}
export let menu: Item[] = []
export const Menu = {
  buildFromTemplate: (template: Item[]): Item[] => template,
  setApplicationMenu(template: Item[]): void {
    log.push('menu')
    menu = template
  },
}

/** The item with this label, wherever it is in a menu; with `click`, what a person's click calls. */
export function itemOf(items: readonly Item[], label: string): Item | undefined {
  return items.find((item) => item.label === label) ?? items.flatMap(({ submenu = [] }) => itemOf(submenu, label) ?? [])[0]
}

export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false })
export const nativeImage = { createFromPath: (path: string): string => path }

export class Tray extends EventEmitter {
  menu: Item[] = []
  tip = ''
  constructor() {
    super()
    trays.push(this)
  }
  setContextMenu = (items: Item[]): void => void (this.menu = items)
  setToolTip = (tip: string): void => void (this.tip = tip)
}

export class Notification extends EventEmitter {
  static isSupported = (): boolean => true
  readonly options: { readonly title: string; readonly body: string }
  constructor(options: Notification['options']) {
    super()
    this.options = options
  }
  show = (): void => void notifications.push(this)
}

export const screen = { getAllDisplays: (): unknown => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }] }

/** Seals by turning the bytes around, which is enough to see that it was sealed. */
export const safeStorage = {
  isAsyncEncryptionAvailable: async (): Promise<boolean> => answers.encryption,
  getSelectedStorageBackend: (): string => answers.backend,
  encryptStringAsync: async (text: string): Promise<Buffer> => Buffer.from(text).reverse(),
  decryptStringAsync: async (sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> => ({
    result: Buffer.from(sealed).reverse().toString(),
    shouldReEncrypt: false,
  }),
}

/** What a window shows, as far as the shell listens to it. */
export class Contents extends EventEmitter {
  openHandler: ((details: { url: string }) => { action: string }) | undefined
  readonly sent: unknown[][] = []
  loading = false
  readonly input: { type: string; keyCode: string }[] = []
  isLoading = (): boolean => this.loading
  send = (...message: unknown[]): void => void this.sent.push(message)
  sendInputEvent = (event: { type: string; keyCode: string }): void => void this.input.push(event)
  setWindowOpenHandler = (handler: (details: { url: string }) => { action: string }): void => void (this.openHandler = handler)
}

export class BrowserWindow extends EventEmitter {
  static all: BrowserWindow[] = []
  static getAllWindows = (): BrowserWindow[] => BrowserWindow.all
  static getFocusedWindow = (): BrowserWindow | null => (answers.focused ? (BrowserWindow.all[0] ?? null) : null)
  readonly options: { width?: number; x?: number; backgroundColor?: string; webPreferences: Record<string, unknown> }
  readonly webContents = new Contents()
  constructor(options: BrowserWindow['options']) {
    super()
    log.push('window')
    this.options = options
    BrowserWindow.all.push(this)
    app.emit('web-contents-created', {}, this.webContents)
    app.emit('browser-window-created', {}, this)
  }
  loadURL = async (address: string): Promise<void> => void log.push(`load ${address}`)
  isMinimized = (): boolean => false
  isMaximized = (): boolean => false
  isDestroyed = (): boolean => false
  getNormalBounds = (): unknown => ({ x: 10, y: 20, width: 1000, height: 700 })
  restore = (): void => undefined
  setBackgroundColor = (colour: string): void => void log.push(`background ${colour}`)
  destroy(): void {
    BrowserWindow.all.splice(BrowserWindow.all.indexOf(this), 1)
    this.emit('closed')
    if (BrowserWindow.all.length === 0) app.emit('window-all-closed')
  }
  maximize = (): void => undefined
  show = (): void => void log.push('show')
  focus = (): void => void log.push('focus')
}

/** Electron's ports hand over an event where Node's hand over the data. */
class PortMain extends EventEmitter {
  readonly port: MessagePort
  constructor(port: MessagePort) {
    super()
    this.port = port
    port.on('close', () => this.emit('close'))
  }
  start = (): void => void this.port.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
  postMessage = (data: unknown): void => this.port.postMessage(data)
  close = (): void => this.port.close()
}

export class MessageChannelMain {
  readonly port1: PortMain
  readonly port2: PortMain
  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new PortMain(port1)
    this.port2 = new PortMain(port2)
  }
}

/** A frame that asks for a port, and the port it was given, if any. */
export function askForPort(frame: { url: string; parent: object | null } | null): PortMain | undefined {
  let given: PortMain | undefined
  const senderFrame = frame && {
    ...frame,
    postMessage: (_channel: string, _message: null, ports: PortMain[]) => void (given = ports[0]),
  }
  ipcMain.emit('frostline:connect', { senderFrame })
  return given
}

export function cancellable(): { defaultPrevented: boolean; preventDefault(): void } {
  return {
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    },
  }
}

/** Forgets everything between two tests. */
export function reset(): void {
  log.length = opened.length = errorBoxes.length = BrowserWindow.all.length = notifications.length = trays.length = 0
  app.isPackaged = false
  nativeTheme.shouldUseDarkColors = false
  Object.assign(answers, { dialog: 'Cancel', always: false, focused: false })
  Object.assign(answers, { encryption: true, backend: 'gnome_libsecret', onlyInstance: true, proxy: 'DIRECT' })
  for (const emitter of [app, powerMonitor, ipcMain, nativeTheme]) emitter.removeAllListeners()
}
