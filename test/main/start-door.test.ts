import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readDoor } from '#main/start-door.ts'

const NOTHING = { listen: undefined, publicUrl: undefined, tlsCert: undefined, tlsKey: undefined, behindProxy: false }
const file = (name: string) => fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url))

describe('who may reach the panel', () => {
  it('is this machine alone unless others are asked for', () => {
    expect(readDoor(NOTHING)).toEqual({ ok: true, door: { address: '127.0.0.1', publicOrigin: null, tls: null } })
  })

  it('is everybody who comes by the one name over TLS', () => {
    const found = readDoor({
      ...NOTHING,
      listen: '0.0.0.0',
      publicUrl: 'https://panel.example.com:8443/',
      tlsCert: file('cert.pem'),
      tlsKey: file('key.pem'),
    })
    expect(found).toMatchObject({ ok: true, door: { address: '0.0.0.0', publicOrigin: 'https://panel.example.com:8443' } })
  })

  it('may leave TLS to a proxy', () => {
    const found = readDoor({ ...NOTHING, publicUrl: 'https://panel.example.com', behindProxy: true })
    expect(found).toEqual({ ok: true, door: { address: '127.0.0.1', publicOrigin: 'https://panel.example.com', tls: null } })
  })

  it.each([
    [{ listen: '0.0.0.0' }, 'one name only'],
    [{ publicUrl: 'https://panel.example.com' }, 'by TLS only'],
    [{ listen: '0.0.0.0', publicUrl: 'https://panel.example.com' }, 'by TLS only'],
    [{ publicUrl: 'http://panel.example.com', behindProxy: true }, 'takes an https address'],
    [{ publicUrl: 'https://panel.example.com/frostline', behindProxy: true }, 'without a path'],
    [{ publicUrl: 'https://panel.example.com', tlsCert: 'a.pem' }, 'go together'],
    [{ publicUrl: 'https://panel.example.com', tlsCert: 'a.pem', tlsKey: 'b.pem', behindProxy: true }, 'leave out --tls-cert'],
    [{ publicUrl: 'https://panel.example.com', tlsCert: 'no-such.pem', tlsKey: 'no-such.pem' }, 'cannot be read'],
  ])('is refused in a sentence: %j', (wish, sentence) => {
    const found = readDoor({ ...NOTHING, ...wish })
    expect(found.ok ? '' : found.sentence).toContain(sentence)
  })
})
