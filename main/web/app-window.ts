import { spawn } from 'node:child_process'
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { writePrivateFile } from '../platform/private-file.ts'
import { secretText } from '../platform/random-secret.ts'
import { TOKEN_LIFETIME_MS } from './sessions.ts'

/** A browser process that shows the panel as a window of its own. */
export interface AppWindow {
  /** True once the page has signed in, false when the browser ended or the token ran out before. */
  readonly signedIn: Promise<boolean>
  /** Settles when the browser process is gone. It may hand over to one that runs already and go at once. */
  readonly gone: Promise<void>
  close(): void
}

export interface WindowWish {
  readonly browser: string
  readonly dataFolder: string
  /** Makes an address that works once and says when it was used. */
  readonly signInAddress: (onUsed: () => void) => string
}

const FLAGS = ['--no-first-run', '--no-default-browser-check', '--disable-sync', '--disable-background-networking']

/**
 * Opens an app window with a browser profile of its own and no debugging port. The token must not stand among the
 * arguments, which every account of the machine can read: it reaches the browser through a file of mode 0600.
 */
export async function openAppWindow(wish: WindowWish): Promise<AppWindow> {
  const used = Promise.withResolvers<boolean>()
  await removeOldRedirects(wish.dataFolder)
  const file = join(wish.dataFolder, `open-${secretText().slice(0, 12)}.html`)
  await writePrivateFile(file, redirectPage(wish.signInAddress(() => used.resolve(true))))

  const profile = join(wish.dataFolder, 'window-profile')
  const browser = spawn(wish.browser, [`--app=${pathToFileURL(file).href}`, `--user-data-dir=${profile}`, ...FLAGS], {
    stdio: 'ignore',
  })
  const gone = new Promise<void>((resolve) => {
    browser.once('error', () => resolve())
    browser.once('exit', () => resolve())
  })
  const timer = setTimeout(() => used.resolve(false), TOKEN_LIFETIME_MS)
  timer.unref()
  // A browser that hands over to a running one goes before the page has signed in; the token's time decides then.
  browser.once('error', () => used.resolve(false))
  browser.once('exit', (code) => code !== 0 && used.resolve(false))
  const signedIn = used.promise.finally(async () => {
    clearTimeout(timer)
    await rm(file, { force: true })
  })
  return { signedIn, gone, close: () => void browser.kill() }
}

/** A shell that crashed leaves its file. The token in it is worthless by now. */
async function removeOldRedirects(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (!/^open-.+\.html$/.test(name)) continue
    const { mtimeMs } = await stat(path)
    if (Date.now() - mtimeMs > TOKEN_LIFETIME_MS) await rm(path, { force: true })
  }
}

function redirectPage(address: string): string {
  const target = JSON.stringify(address).replaceAll('<', '\\u003c')
  return `<!doctype html><meta charset="utf-8"><title>Frostline</title><script>location.replace(${target})</script>\n`
}
