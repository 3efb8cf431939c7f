import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { RouterClient } from '@orpc/server'
import { afterEach, describe, expect, it } from 'vitest'
import type { CoreHandle } from '#main/core-host.ts'
import { keyFileSecrets } from '#main/platform/key-file.ts'
import { secretsOverPort, serveSecrets } from '#main/platform/secrets-port.ts'
import type { StubRouter } from '../support/stub-core-thread.ts'
import { OWNER, startStubCore, temporaryFolder } from '../support/web-shell.ts'

let core: CoreHandle | undefined
afterEach(async () => {
  delete process.env['FROSTLINE_STUB']
  await core?.close()
})

function clientOf(running: CoreHandle): RouterClient<StubRouter> {
  const port = running.connect(OWNER)
  const client: RouterClient<StubRouter> = createORPCClient(new RPCLink({ port }))
  port.start()
  return client
}

describe('the core', () => {
  it('reaches the shell’s secrets', async () => {
    const dataFolder = temporaryFolder()
    core = await startStubCore({ dataFolder })
    const client = clientOf(core)
    await client.keep({ name: 'site:one:edge', value: 'geheim' })
    expect(await client.recall('site:one:edge')).toBe('geheim')
    expect(await client.recall('site:two:edge')).toBeNull()
    expect(await keyFileSecrets(dataFolder).get('site:one:edge')).toBe('geheim')
  })

  it('says what it is busy with, and nothing once it has ended', async () => {
    core = await startStubCore()
    await clientOf(core).pretendBusy(['2 purge plans', 'a build'])
    expect(await core.busy()).toEqual(['2 purge plans', 'a build'])
    await core.close()
    expect(await core.busy()).toEqual([])
    expect(await core.exited).toBeNull()
  })

  it('refuses to start with its own sentence', async () => {
    process.env['FROSTLINE_STUB'] = 'newer'
    await expect(startStubCore()).rejects.toThrow('The database is newer than this program. Install the newest Frostline.')
  })

  it('is reported when it falls', async () => {
    core = await startStubCore()
    await clientOf(core).fall()
    expect(await core.exited).toBeInstanceOf(Error)
  })

  it('is reported when its program is missing', async () => {
    await expect(startStubCore({ threadUrl: new URL('none.ts', import.meta.url) })).rejects.toThrow('none.ts')
  })
})

describe('secrets over a port', () => {
  it('pass a failure on as its sentence', async () => {
    const { port1, port2 } = new MessageChannel()
    const failing = { ...keyFileSecrets(temporaryFolder()), get: () => Promise.reject(new Error('The keyring is locked.')) }
    serveSecrets(port1, failing)
    const secrets = secretsOverPort(port2)
    await expect(secrets.get('x')).rejects.toThrow('The keyring is locked.')
    expect(await secrets.describe()).toBe('key file (mode 0600)')
    port1.close()
  })

  it('fail once the shell is gone', async () => {
    const { port1, port2 } = new MessageChannel()
    const secrets = secretsOverPort(port2)
    const asked = secrets.get('x')
    port1.close()
    await expect(asked).rejects.toThrow('The shell that keeps the secrets is gone.')
    await expect(secrets.get('x')).rejects.toThrow('The shell that keeps the secrets is gone.')
  })
})
