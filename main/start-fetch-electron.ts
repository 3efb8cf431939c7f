import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface FetchOptions {
  /** Electron's package folder. */
  readonly folder: string
  readonly say: (line: string) => void
  readonly env?: NodeJS.ProcessEnv
  readonly patienceMs?: number
}

const PATIENCE_MS = 20_000
const LOOK_MS = 500
const SAY_EVERY_BYTES = 20_000_000
/** How much of the installer's own words is kept to find a reason in. */
const MAX_WORDS = 20_000

/**
 * Runs the installer of Electron's own package, which checks what it fetched, and gives up when nothing arrives any
 * more. Resolves with null on success, else with the reason in a few words.
 */
export async function fetchElectron({
  folder,
  say,
  env = process.env,
  patienceMs = PATIENCE_MS,
}: FetchOptions): Promise<string | null> {
  // The installer downloads into the folder for temporary files: with one of its own, progress is what grows there.
  const temporary = mkdtempSync(join(tmpdir(), 'frostline-electron-'))
  const proxied = Object.keys(env).some((name) => /^https?_proxy$/i.test(name))
  const installer = spawn(process.execPath, [join(folder, 'install.js')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...env,
      TMPDIR: temporary,
      TEMP: temporary,
      TMP: temporary,
      ELECTRON_GET_NO_PROGRESS: '1',
      ...(proxied && { ELECTRON_GET_USE_PROXY: 'true' }),
    },
  })
  let words = ''
  installer.stdout.resume()
  installer.stderr.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-MAX_WORDS)))

  say('Fetching Electron for the desktop window (once, about 120 MB)…')
  let bytes = 0
  let saidBytes = 0
  let lastGrowthMs = Date.now()
  let stalled = false
  const watch = setInterval(
    () => {
      const now = sizeOf(temporary) + sizeOf(join(folder, 'dist'))
      if (now !== bytes) lastGrowthMs = Date.now()
      bytes = now
      if (bytes - saidBytes >= SAY_EVERY_BYTES) {
        saidBytes = bytes
        say(`Fetching Electron… ${Math.round(bytes / 1_000_000)} MB`)
      }
      if (Date.now() - lastGrowthMs < patienceMs) return
      stalled = true
      installer.kill()
    },
    Math.min(LOOK_MS, patienceMs),
  )
  const stop = (): void => void installer.kill()
  process.once('exit', stop)

  try {
    const code = await new Promise<number | null>((resolve) => {
      installer.once('error', () => resolve(-1))
      installer.once('exit', resolve)
    })
    if (stalled) return `nothing arrived for ${Math.round(patienceMs / 1000)} seconds`
    return code === 0 ? null : reasonIn(words)
  } finally {
    clearInterval(watch)
    process.off('exit', stop)
    rmSync(temporary, { recursive: true, force: true })
  }
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/ENOTFOUND|EAI_AGAIN/, 'its download site cannot be found from here'],
  [/ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|TIMEDOUT|UND_ERR_CONNECT/i, 'its download site cannot be reached'],
  [/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS|ERR_SSL/, 'the connection to its download site is not trusted'],
  [/checksum|sumchecker/i, 'what arrived was not the right file'],
  [/ENOSPC/, 'the disk is full'],
  [/EACCES|EPERM|EROFS/, 'its folder cannot be written'],
  // The installer prints no cause: a missing network, name or route all read like this.
  [/fetch failed/, 'its download site cannot be reached'],
]

/** The reason of a failed installation, in a few words that a person can act on. */
export function reasonIn(words: string): string {
  const status = /Response code (\d{3})/.exec(words)?.[1]
  if (status) return `its download site answered ${status}`
  return REASONS.find(([mark]) => mark.test(words))?.[1] ?? 'its installer failed'
}

function sizeOf(folder: string): number {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
  } catch {
    // A file that was there a moment ago may be moved by now; the next look sees the whole.
    return 0
  }
}
