import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { contentSecurityPolicy, SECURITY_HEADERS } from './content-security.ts'

/** An answer that knows neither HTTP nor Electron; each shell sends it in its own way. */
export interface PanelAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer<ArrayBuffer>
}

/** Answers one path of the panel, given as in a request: encoded and with a leading slash. */
export type PanelFiles = (path: string) => Promise<PanelAnswer>

const NONCE_MARK = '__CSP_NONCE__'
/** Paths that the panel's router owns. They all answer with the same document. */
const ROUTES =
  /^\/(?:(?:home|pages|tags|purges|budget|builds|activity|why|sites|people|hooks|settings|credentials|link)(?:\/.*)?)?$/
/** What a person may have mistyped: the panel itself says that there is no such screen, and leads home. */
const MISTYPED = /^\/(?!assets(?:\/|$))[\w-]+(?:\/[\w-]*)*$/
/** Bundled files carry a hash of their content in their name, so a name's content never changes. */
const HASHED = /^\/assets\/.+-[\w-]{8,}\.\w+$/
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/**
 * Serves the built panel. The folder is listed once and a request only picks from that list, so no request can name a
 * file outside it.
 */
export async function panelFiles(folder: string, connect: readonly string[]): Promise<PanelFiles> {
  const files = await listFiles(folder)
  const index = await readFile(join(folder, 'index.html'), 'utf8')

  return async (path) => {
    if (ROUTES.test(path) && !TYPES[extname(path)]) return document(index, connect)
    const name = decode(path)
    const file = name === null || name === '/index.html' ? undefined : files.get(name)
    if (!name || !file) {
      return MISTYPED.test(path) ? document(index, connect, 404) : plain(404, 'Frostline has nothing at this address.')
    }
    const headers = {
      ...SECURITY_HEADERS,
      'Content-Type': TYPES[extname(name)] ?? 'application/octet-stream',
      'Cache-Control': HASHED.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
    }
    return { status: 200, headers, body: await readFile(file) }
  }
}

/** A refusal or a short answer as a plain sentence. */
export function plain(status: number, sentence: string, more: Readonly<Record<string, string>> = {}): PanelAnswer {
  const headers = { ...SECURITY_HEADERS, 'Content-Type': TYPES['.txt']!, 'Cache-Control': 'no-store', ...more }
  return { status, headers, body: `${sentence}\n` }
}

function document(index: string, connect: readonly string[], status = 200): PanelAnswer {
  const nonce = randomBytes(16).toString('base64')
  const headers = {
    ...SECURITY_HEADERS,
    'Content-Type': TYPES['.html']!,
    'Cache-Control': 'no-store',
    'Content-Security-Policy': contentSecurityPolicy(nonce, connect),
  }
  return { status, headers, body: index.replaceAll(NONCE_MARK, nonce) }
}

/** Every file below the folder by its address. Walked level by level: an app archive lists no deeper. */
async function listFiles(folder: string, address = ''): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>()
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isFile()) files.set(`${address}/${entry.name}`, path)
    if (!entry.isDirectory()) continue
    for (const [below, file] of await listFiles(path, `${address}/${entry.name}`)) files.set(below, file)
  }
  return files
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}
