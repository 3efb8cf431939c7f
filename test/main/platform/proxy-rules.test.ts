import { describe, expect, test } from 'vitest'
import { createRoutes, planOfEnvironment, readSystemAnswer } from '#main/platform/network.ts'
import { goesWithout, proxyName, readProxy } from '#main/platform/proxy-rules.ts'

const url = (address: string) => new URL(address)

describe('The address of a proxy', () => {
  test.each([
    ['proxy.example.com:3128', 'proxy.example.com:3128', false],
    ['http://proxy.example.com', 'proxy.example.com:80', false],
    ['https://proxy.example.com', 'proxy.example.com:443', true],
    ['[2001:db8::1]:3128', '[2001:db8::1]:3128', false],
  ])('%s is read', (text, name, secure) => {
    const proxy = readProxy(text)
    expect(proxy && { name: proxyName(proxy), secure: proxy.secure }).toEqual({ name, secure })
  })

  test('may hold a name and a password, written as in any address', () => {
    expect(readProxy('http://ada:p%40ss@proxy:3128')?.authorization).toBe(`Basic ${Buffer.from('ada:p@ss').toString('base64')}`)
  })

  test.each(['', 'socks5://proxy:1080', 'ftp://proxy', 'http://', 'not an address'])('%j is none', (text) => {
    expect(readProxy(text)).toBeNull()
  })
})

describe('Hosts that go without a proxy', () => {
  test.each([
    ['example.com', 'https://example.com/', true],
    ['example.com', 'https://shop.example.com/', true],
    ['example.com', 'https://notexample.com/', false],
    ['.example.com', 'https://shop.example.com/', true],
    ['.example.com', 'https://example.com/', true],
    ['*.example.com', 'https://shop.example.com/', true],
    ['*.example.com', 'https://example.com/', false],
    ['EXAMPLE.com', 'https://Example.COM/', true],
    ['example.com:8443', 'https://example.com:8443/', true],
    ['example.com:8443', 'https://example.com/', false],
    ['example.com:443', 'https://example.com/', true],
    ['10.0.0.0/8', 'http://10.1.2.3/', true],
    ['10.0.0.0/8', 'http://11.1.2.3/', false],
    ['10.0.0.0/99', 'http://10.1.2.3/', false],
    ['fd00::/8', 'http://[fd12::1]/', true],
    ['192.168.1.5', 'http://192.168.1.5/', true],
    ['192.168.1.5', 'http://192.168.1.50/', false],
    ['2001:db8::1', 'http://[2001:db8::1]/', true],
    ['[2001:db8::1]:8080', 'http://[2001:db8::1]:8080/', true],
    ['[2001:db8::1]:8080', 'http://[2001:db8::1]/', false],
    ['*', 'https://anything.example/', true],
    ['<local>', 'http://intranet/', true],
    ['<local>', 'http://intranet.example/', false],
    ['a.example, b.example;c.example', 'http://c.example/', true],
    ['', 'http://example.com/', false],
    [',,', 'http://example.com/', false],
  ])('%j and %s: %s', (noProxy, address, without) => {
    expect(goesWithout(noProxy, url(address))).toBe(without)
  })
})

describe('The environment', () => {
  test('is read in lower case first, then in upper case', () => {
    const plan = planOfEnvironment({
      https_proxy: 'http://lower:1',
      HTTPS_PROXY: 'http://upper:2',
      HTTP_PROXY: 'plain:3',
      NO_PROXY: 'x',
    })
    expect(plan).toMatchObject({
      source: 'environment',
      https: { host: 'lower' },
      http: { host: 'plain', port: 3 },
      noProxy: 'x',
    })
  })

  test('may name one proxy for all, and none at all', () => {
    expect(planOfEnvironment({ ALL_PROXY: 'http://all:1' })).toMatchObject({ http: { host: 'all' }, https: { host: 'all' } })
    expect(planOfEnvironment({ all_proxy: 'socks5://all:1' })).toBeNull()
    expect(planOfEnvironment({ HTTPS_PROXY: '' })).toBeNull()
  })
})

describe('The way to an address', () => {
  const proxy = readProxy('proxy:3128')
  test('is direct for this machine whatever the plan says', () => {
    const routes = createRoutes(null)
    routes.use({ source: 'settings', http: proxy, https: proxy, noProxy: '' })
    for (const address of [
      'http://localhost/',
      'http://shop.localhost:81/',
      'http://127.9.9.9/',
      'http://[::1]/',
      'http://169.254.169.254/',
    ])
      expect(routes.routeTo(url(address))).toBeNull()
    expect(routes.routeTo(url('http://example.com/'))).toBe(proxy)
  })

  test('is asked of the system where it decides, once for each host', async () => {
    const asked: string[] = []
    const routes = createRoutes(async (address) => {
      asked.push(address)
      return address.includes('inside') ? 'DIRECT' : 'PROXY first:3128; DIRECT'
    })
    routes.use({ source: 'system', http: null, https: null, noProxy: 'without.test' })
    expect(await routes.routeTo(url('https://outside.test/a'))).toMatchObject({ host: 'first' })
    expect(await routes.routeTo(url('https://outside.test/b?secret=1'))).toMatchObject({ host: 'first' })
    expect(await routes.routeTo(url('https://inside.test/'))).toBeNull()
    expect(routes.routeTo(url('https://without.test/'))).toBeNull()
    // A path may be a secret: only the host is told.
    expect(asked).toEqual(['https://outside.test/', 'https://inside.test/'])
  })

  test('of the system is the first that is understood', () => {
    expect(readSystemAnswer('SOCKS5 old:1080; HTTPS secure:443')).toMatchObject({ host: 'secure', secure: true })
    expect(readSystemAnswer('DIRECT; PROXY never:1')).toBeNull()
    expect(readSystemAnswer('')).toBeNull()
  })
})
