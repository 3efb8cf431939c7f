import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { RouterClient } from '@orpc/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { CoreHandle, CoreOptions } from '#main/core-host.ts'
import { runWebShell, type WebShellOptions } from '#main/web/web-shell.ts'
import { fakeBrowser } from '../../support/fake-browser-program.ts'
import type { StubRouter } from '../../support/stub-core-thread.ts'
import { ask, OWNER, STUB_CORE, STUB_PANEL, temporaryFolder } from '../../support/web-shell.ts'

let core: CoreHandle | undefined
vi.mock('#main/core-host.ts', async (original) => {
  const { startCore } = await original<typeof import('#main/core-host.ts')>()
  return { startCore: async (options: CoreOptions) => (core = await startCore(options)) }
})

/** The shell with a terminal that the test reads and presses keys on. */
function run(more: Partial<WebShellOptions> = {}) {
  const said: string[] = []
  const asked = Promise.withResolvers<void>()
  let pressEnter = (): void => undefined
  const terminal = {
    say: (line: string) => void said.push(line),
    onEnter: (listener: () => void) => void (pressEnter = listener),
    interactive: true,
    askedToEnd: asked.promise,
  }
  const ended = runWebShell({
    dataFolder: temporaryFolder(),
    panelFolder: STUB_PANEL,
    version: '0.0.0',
    demo: false,
    port: undefined,
    window: false,
    terminal,
    coreThread: STUB_CORE,
    ...more,
  })
  const addresses = () => said.flatMap((line) => /http:\S+#token=\S+/.exec(line) ?? [])
  return { said, ended, addresses, end: () => asked.resolve(), pressEnter: () => pressEnter() }
}

function machineWithBrowser(): { folder: string; machine: NonNullable<WebShellOptions['machine']> } {
  const folder = temporaryFolder()
  fakeBrowser(folder)
  return { folder, machine: { platform: 'linux', env: { PATH: folder, DISPLAY: ':0' }, userId: 1000 } }
}
const closeBrowser = (folder: string): boolean => process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')))

/** A browser that ends before it has signed in was no window: the shell then leaves the panel to the person. */
const opened = (shell: { readonly said: readonly string[] }) =>
  vi.waitFor(() => expect(shell.said.at(-1)).toMatch(/is open in a window of its own/), 10_000)

afterEach(() => vi.unstubAllEnvs())

describe('with a printed address', () => {
  it('runs until it is asked to end, and Enter prints a fresh address', async () => {
    const shell = run()
    await vi.waitFor(() => expect(shell.addresses()).toHaveLength(1), { timeout: 10_000 })
    shell.pressEnter()
    expect(new Set(shell.addresses()).size).toBe(2)
    shell.end()
    expect(await shell.ended).toBe(0)
  })

  it('says why no window is shown', async () => {
    const shell = run({ window: true, machine: { platform: 'linux', env: {}, userId: 1000 } })
    await vi.waitFor(() => expect(shell.addresses()).toHaveLength(1), { timeout: 10_000 })
    expect(shell.said[0]).toBe('No window: this machine has no display. Open the panel in a browser yourself.')
    shell.end()
    await shell.ended
  })

  it('keeps its port from start to start, and takes another when that one is taken', async () => {
    const dataFolder = temporaryFolder()
    const portOf = async (): Promise<number> => {
      const shell = run({ dataFolder })
      await vi.waitFor(() => expect(shell.addresses()).toHaveLength(1), { timeout: 10_000 })
      shell.end()
      await shell.ended
      return Number(new URL(shell.addresses()[0]!).port)
    }
    const first = await portOf()
    expect(await portOf()).toBe(first)
    const other = createServer().listen(first, '127.0.0.1')
    expect(await portOf()).not.toBe(first)
    const wanted = run({ port: first })
    expect(await wanted.ended).toBe(1)
    expect(wanted.said).toEqual([`Port ${first} is taken by another program. Choose another with --port.`])
    other.close()
  })

  it('ends with the core’s own sentence when that cannot start', async () => {
    vi.stubEnv('FROSTLINE_STUB', 'newer')
    const shell = run()
    expect(await shell.ended).toBe(1)
    expect(shell.said).toEqual(['The database is newer than this program. Install the newest Frostline.'])
  })

  it('ends and says so when the core falls', async () => {
    vi.stubEnv('FROSTLINE_STUB', 'falls')
    const shell = run()
    expect(await shell.ended).toBe(1)
    expect(shell.said.at(-1)).toMatch(/Its core failed/)
  })
})

describe('with a window of its own', () => {
  it('ends when the window is closed', async () => {
    const { folder, machine } = machineWithBrowser()
    const shell = run({ window: true, machine })
    await opened(shell)
    closeBrowser(folder)
    expect(await shell.ended).toBe(0)
    expect(shell.addresses()).toEqual([])
  })

  it('finishes its work first, and says what is left', async () => {
    const { folder, machine } = machineWithBrowser()
    const shell = run({ window: true, machine })
    await opened(shell)
    const port = core!.connect(OWNER)
    const client: RouterClient<StubRouter> = createORPCClient(new RPCLink({ port }))
    port.start()
    await client.pretendBusy(['2 purge plans'])
    closeBrowser(folder)
    await vi.waitFor(() => expect(shell.said.at(-1)).toMatch(/finishing first: 2 purge plans\./), 10_000)
    await client.pretendBusy([])
    expect(await shell.ended).toBe(0)
  })

  it('is opened again by a second start', async () => {
    const { folder, machine } = machineWithBrowser()
    const dataFolder = temporaryFolder()
    const shell = run({ dataFolder, window: true, machine })
    await vi.waitFor(() => expect(existsSync(join(dataFolder, 'running.json'))).toBe(true), 10_000)
    const second = run({ dataFolder, window: true, machine, port: 4321, demo: false })
    expect(await second.ended).toBe(0)
    expect(second.said).toEqual([
      'Frostline is running already; its window was opened.',
      '--port 4321 and --no-demo had no effect: the running Frostline keeps the settings it was started with. To use them, end it first, or name another folder with --data.',
    ])
    closeBrowser(folder)
    shell.end()
    expect(await shell.ended).toBe(0)
  })

  it('serves nobody any more once it has ended', async () => {
    const shell = run()
    await vi.waitFor(() => expect(shell.addresses()).toHaveLength(1), 10_000)
    const port = Number(new URL(shell.addresses()[0]!).port)
    shell.end()
    await shell.ended
    await expect(ask({ port }, '/')).rejects.toThrow('ECONNREFUSED')
  })
})
