import { describe, expect, test } from 'vitest'
import { ConnectionLost, createConnection } from '#renderer/lib/connection.ts'
import type { LineEnd } from '#renderer/lib/line.ts'
import type { Session } from '#renderer/lib/transport.ts'

/** A session that answers with its name until it is ended. */
function session(name: string) {
  const { promise: ended, resolve: end } = Promise.withResolvers<LineEnd>()
  const broken = ended.then(() => {
    throw new Error('socket closed')
  })
  broken.catch(() => undefined)
  const value: Session = {
    ended,
    link: { call: (path) => (path[0] === 'never' ? broken : Promise.resolve(`${name} ${path.join('.')}`)) },
  }
  return { value, end }
}

/** Plays back what each attempt to connect finds; then waits for ever. */
function attempts(...found: (Session | LineEnd)[]) {
  return () => {
    const next = found.shift()
    return next === undefined ? new Promise<never>(() => undefined) : Promise.resolve(next)
  }
}

const options = { context: {} }
const settle = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('the line to the core', () => {
  test('has calls wait for the first connection', async () => {
    const connection = createConnection(attempts(session('a').value))
    const answer = connection.link.call(['sites', 'list'], undefined, options)
    connection.start()
    expect(await answer).toBe('a sites.list')
    expect(connection.state()).toBe('open')
  })

  test('keeps the same link across a reconnection', async () => {
    const first = session('a')
    const connection = createConnection(attempts(first.value, 'lost', session('b').value), async () => undefined)
    const { link } = connection
    const states: string[] = []
    connection.subscribe(() => states.push(connection.state()))
    connection.start()
    expect(await link.call(['x'], undefined, options)).toBe('a x')
    first.end('lost')
    await settle()
    expect(states).toEqual(['open', 'lost', 'lost', 'open'])
    expect(await link.call(['x'], undefined, options)).toBe('b x')
  })

  test('fails a call under way with a sentence when it breaks, and new ones while it is broken', async () => {
    const first = session('a')
    const connection = createConnection(attempts(first.value))
    connection.start()
    await connection.link.call(['x'], undefined, options)
    const underWay = connection.link.call(['never'], undefined, options)
    first.end('lost')
    await expect(underWay).rejects.toThrow(ConnectionLost)
    await expect(connection.link.call(['x'], undefined, options)).rejects.toThrow('The connection to Frostline was lost')
  })

  test('waits longer after each failure, five seconds at most, and briefly again after success', async () => {
    const pauses: number[] = []
    const good = session('a')
    const connection = createConnection(
      attempts('lost', 'lost', 'lost', 'lost', 'lost', good.value, 'lost'),
      async (ms) => void pauses.push(ms),
    )
    connection.start()
    await settle()
    good.end('lost')
    await settle()
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 5_000, 500, 1_000])
  })

  test('stops trying when the core does not know this window', async () => {
    const connection = createConnection(attempts('not-signed-in', session('a').value))
    connection.start()
    await settle()
    expect(connection.state()).toBe('not-signed-in')
    await expect(connection.link.call(['x'], undefined, options)).rejects.toThrow(ConnectionLost)
  })
})
