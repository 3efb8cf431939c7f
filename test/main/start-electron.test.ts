import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { electronPackage, findElectron } from '#main/start-electron.ts'
import { fetchElectron, reasonIn } from '#main/start-fetch-electron.ts'
import { temporaryFolder } from '../support/web-shell.ts'

const LINUX = { platform: 'linux', env: { DISPLAY: ':0' }, userId: 1000 } as const

/** Electron's package as an installation leaves it. */
function packageFolder(installed: string): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '45.4.1' }))
  mkdirSync(join(folder, 'dist'))
  writeFileSync(join(folder, 'dist', 'version'), installed)
  writeFileSync(join(folder, 'dist', 'electron'), '')
  writeFileSync(join(folder, 'path.txt'), 'electron')
  return folder
}

describe('Electron’s program', () => {
  it('is found when its version is the package’s', () => {
    const folder = packageFolder('v45.4.1')
    expect(findElectron(folder, LINUX)).toBe(join(folder, 'dist', 'electron'))
    expect(findElectron(packageFolder('45.0.0'), LINUX)).toBeNull()
    expect(findElectron(null, LINUX)).toBeNull()
  })

  it('is taken from where the environment says', () => {
    const folder = join(packageFolder('45.4.1'), 'dist')
    expect(findElectron(null, { ...LINUX, env: { ELECTRON_OVERRIDE_DIST_PATH: folder } })).toBe(join(folder, 'electron'))
    expect(findElectron(null, { ...LINUX, env: { ELECTRON_OVERRIDE_DIST_PATH: '/none' } })).toBeNull()
  })
})

describe('fetching Electron', () => {
  let server: Server | undefined
  afterEach(() => server?.closeAllConnections())

  /** Runs the real installer against a mirror on this machine, with nothing in its cache. */
  async function fetchFrom(mirror: string, patienceMs?: number): Promise<{ reason: string | null; said: string[] }> {
    const said: string[] = []
    const env = {
      PATH: process.env['PATH'],
      ELECTRON_MIRROR: mirror,
      electron_config_cache: temporaryFolder(),
      HOME: temporaryFolder(),
    }
    const folder = electronPackage()
    if (!folder) throw new Error('Electron’s package is not installed.')
    const reason = await fetchElectron({ folder, env, say: (line) => said.push(line), ...(patienceMs && { patienceMs }) })
    return { reason, said }
  }

  async function mirror(answer: (end: (status: number) => void) => void): Promise<string> {
    server = createServer((_request, response) => answer((status) => response.writeHead(status).end()))
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`
  }

  it('says what the download site answered', async () => {
    const { reason, said } = await fetchFrom(await mirror((end) => end(404)))
    expect(reason).toBe('its download site answered 404')
    expect(said[0]).toContain('Fetching Electron')
  })

  it('says when nobody answers', async () => {
    expect((await fetchFrom('http://127.0.0.1:1/')).reason).toBe('its download site cannot be reached')
  })

  it('gives up when nothing arrives any more', async () => {
    expect((await fetchFrom(await mirror(() => undefined), 1_500)).reason).toBe('nothing arrived for 2 seconds')
  })

  it.each([
    ['TypeError: fetch failed … getaddrinfo EAI_AGAIN github.com', 'its download site cannot be found from here'],
    ['code: SELF_SIGNED_CERT_IN_CHAIN', 'the connection to its download site is not trusted'],
    ['ENOSPC: no space left on device', 'the disk is full'],
    ['something else', 'its installer failed'],
  ])('finds a reason in “%s”', (words, reason) => {
    expect(reasonIn(words)).toBe(reason)
  })
})
