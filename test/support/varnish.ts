import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The file that users install, as it is. */
const SHIPPED = fileURLToPath(new URL('../../docs/providers/varnish.vcl', import.meta.url))

export const SECRET = 'planted-varnish-secret-4711'

/** Why Varnish cannot be run here, for a visible line; null when it can. */
export function varnishMissing(): string | null {
  const tried = spawnSync('varnishd', ['-x', 'vsl'], { stdio: 'ignore' })
  if (tried.error !== undefined) return 'SKIPPED: varnishd is not installed (Debian: varnish, varnish-modules).'
  const folder = readableFolder()
  const vcl = join(folder, 'try.vcl')
  writeFileSync(vcl, 'vcl 4.1;\nimport xkey;\nbackend none none;\n')
  const compiled = spawnSync('varnishd', ['-C', '-f', vcl], { stdio: 'ignore' })
  rmSync(folder, { recursive: true })
  return compiled.status === 0 ? null : 'SKIPPED: Varnish has no xkey here (Debian: varnish-modules).'
}

/** Varnish compiles as a user of its own when root starts it, which has to read these files. */
function readableFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'frostline-varnish-'))
  chmodSync(folder, 0o755)
  return folder
}

export interface RunningVarnish {
  readonly url: string
  readonly host: string
  stop(): Promise<void>
}

/**
 * A real varnishd in front of an origin.
 *
 * @param options `withVcl: false`: as Varnish is without our file. `secret`: null for none. `vcl`: after the file.
 */
export async function startVarnish(
  origin: { readonly port: number },
  options: { readonly withVcl?: boolean; readonly secret?: string | null; readonly vcl?: string } = {},
): Promise<RunningVarnish> {
  const folder = readableFolder()
  copyFileSync(SHIPPED, join(folder, 'frostline.vcl'))
  const port = await freePort()
  const vcl = join(folder, 'main.vcl')
  writeFileSync(
    vcl,
    `vcl 4.1;
${options.withVcl === false ? '' : `include "${join(folder, 'frostline.vcl')}";`}
backend default { .host = "127.0.0.1"; .port = "${origin.port}"; }
${options.vcl ?? ''}
`,
  )
  const secret = options.secret === undefined ? SECRET : options.secret
  const { FROSTLINE_SECRET: _none, ...environment } = process.env
  const args = ['-F', '-n', join(folder, 'work'), '-a', `127.0.0.1:${port}`, '-f', vcl, '-s', 'malloc,32m', '-T', 'none']
  const varnishd = spawn('varnishd', args, {
    env: secret === null ? environment : { ...environment, FROSTLINE_SECRET: secret },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [varnishd.stdout, varnishd.stderr]) stream.on('data', (text: Buffer) => void (said += text.toString()))
  const ended = new Promise<void>((resolve) => varnishd.once('exit', () => resolve()))
  // A test that fails does not come to its stop.
  const kill = () => void varnishd.kill()
  process.once('exit', kill)
  const url = `http://127.0.0.1:${port}`
  await untilItAnswers(url, () => {
    if (varnishd.exitCode !== null) throw new Error(`varnishd ended: ${said}`)
  })
  return {
    url,
    host: `127.0.0.1:${port}`,
    async stop() {
      process.off('exit', kill)
      kill()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function untilItAnswers(url: string, alive: () => void): Promise<void> {
  for (const untilMs = Date.now() + 30_000; ;) {
    alive()
    try {
      await (await fetch(`${url}/.frostline`)).arrayBuffer()
      return
    } catch (error) {
      if (Date.now() > untilMs) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

/** Nothing listens on it at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise<void>((resolve) => server.close(() => resolve()))
  return port
}
