import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createHttp, type Http } from '#main/platform/http.ts'
import { createNetworkHub, type NetworkHub } from '#main/platform/network-hub.ts'
import { readCertificates } from '#main/platform/certificates.ts'
import { readProxy } from '#main/platform/proxy-rules.ts'
import { tryConnection } from '#main/platform/try-connection.ts'
import { createCloudFront } from '#main/providers/cloudfront/cloudfront.ts'
import { createNetlifyBuilder } from '#main/providers/netlify/netlify.ts'
import { noForwardProxy, startForwardProxy, type ForwardProxy } from '../../support/forward-proxy.ts'
import { startSiteServer, type SiteServer } from '../../support/site-server.ts'
import { FAKE_KEY, startFakeCloudFront, type FakeCloudFront } from '../providers/fake-cloudfront.ts'

const MISSING = noForwardProxy()
if (MISSING !== null) console.log(MISSING)
const CA_FILE = fileURLToPath(new URL('../../fixtures/tls/cert.pem', import.meta.url))
const KEY_FILE = fileURLToPath(new URL('../../fixtures/tls/key.pem', import.meta.url))
/** The name that the certificate is for. Nobody but the proxy can look it up. */
const SECURE = 'panel.example.com'
const PASSWORD = 'planted-proxy-password-77'

/** A network whose proxies are these, as if they had been named in the settings. */
function hubWith(address: string, certificates: readonly string[] = [], noProxy = ''): NetworkHub {
  const hub = createNetworkHub(null, () => {})
  const proxy = readProxy(address)
  hub.use({ source: 'settings', http: proxy, https: proxy, noProxy }, certificates)
  return hub
}

describe.skipIf(MISSING !== null)('Through a real proxy', () => {
  let open: ForwardProxy
  let closed: ForwardProxy
  let site: SiteServer
  let secure: Server
  let securePort: number
  let fake: FakeCloudFront
  const clients: Http[] = []
  const httpOver = (hub: NetworkHub): Http => {
    const http = createHttp({ network: hub })
    clients.push(http)
    return http
  }
  beforeAll(async () => {
    const hosts = [SECURE, 'site.test', 'api.test', 'build.test', 'netlify.test']
    open = await startForwardProxy({ hosts, forbidden: 'private.test' })
    closed = await startForwardProxy({ hosts, signIn: { name: 'ada', password: PASSWORD } })
    site = await startSiteServer(({ path, headers }) => ({
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ path, host: headers.host, proxyAuthorization: headers['proxy-authorization'] ?? null }),
    }))
    secure = createServer({ cert: readFileSync(CA_FILE), key: readFileSync(KEY_FILE) }, (request, response) => {
      response.end(JSON.stringify({ deploys: [], path: request.url }))
    })
    await new Promise<void>((resolve) => {
      secure.listen(0, '127.0.0.1', resolve)
    })
    securePort = (secure.address() as AddressInfo).port
    fake = await startFakeCloudFront()
  }, 60_000)
  afterAll(async () => {
    for (const http of clients) await http.close()
    await open?.stop()
    await closed?.stop()
    await site?.stop()
    await fake?.stop()
    secure?.closeAllConnections()
    secure?.close()
  })

  test('a page without TLS is asked for by its whole address, and names its own host', async () => {
    const http = httpOver(hubWith(open.address))
    const page = await http.fetchPage(`http://site.test:${site.port}/one?a=b`, { keepBody: true })
    expect(JSON.parse(Buffer.from(page.body ?? []).toString())).toMatchObject({
      path: '/one?a=b',
      host: `site.test:${site.port}`,
    })
    expect(open.asked()).toContain(`GET http://site.test:${site.port}/one?a=b 200`)
  })

  test('a page with TLS goes through a tunnel, and is trusted by the company’s CA file only', async () => {
    const url = `https://${SECURE}:${securePort}/two`
    const plain = httpOver(hubWith(open.address))
    await expect(plain.fetchPage(url)).rejects.toMatchObject({
      code: 'UNREACHABLE',
      details: { fix: expect.stringContaining('add your company’s CA file') },
    })
    const hub = hubWith(open.address, readCertificates(CA_FILE))
    const trusting = httpOver(hub)
    expect((await trusting.fetchPage(url)).status).toBe(200)
    expect(open.asked()).toContain(`CONNECT ${SECURE}:${securePort} 200`)
    // Taken back, it is not trusted any more: the same client connects anew.
    hub.use({ source: 'settings', http: readProxy(open.address), https: readProxy(open.address), noProxy: '' }, [])
    await expect(trusting.fetchPage(url)).rejects.toMatchObject({ code: 'UNREACHABLE' })
  })

  test('who gives name and password is let through, and the host never sees them', async () => {
    const http = httpOver(hubWith(closed.address.replace('//', `//ada:${PASSWORD}@`)))
    const answer = await http.requestText(`http://site.test:${site.port}/three`)
    expect(JSON.parse(answer.text)).toMatchObject({ path: '/three', proxyAuthorization: null })
    const hub = hubWith(closed.address.replace('//', `//ada:${PASSWORD}@`), readCertificates(CA_FILE))
    expect((await httpOver(hub).fetchPage(`https://${SECURE}:${securePort}/`)).status).toBe(200)
    hub.use({ source: 'none', http: null, https: null, noProxy: '' }, [])
  })

  test.each([
    ['without them', '', 'wants a name and a password'],
    ['with wrong ones', 'ada:wrong@', 'does not take the name and password'],
  ])('%s the refusal names the proxy, with and without TLS', async (_how, who, words) => {
    const http = httpOver(hubWith(closed.address.replace('//', `//${who}`)))
    for (const url of [`http://site.test:${site.port}/`, `https://${SECURE}:${securePort}/`]) {
      const failure = await http.fetchPage(url).then(
        () => null,
        (error: unknown) => error,
      )
      expect(failure).toMatchObject({
        code: 'UNREACHABLE',
        message: expect.stringContaining(`The proxy 127.0.0.1:${closed.port} ${words}`),
        details: { retryable: false },
      })
    }
  })

  test('what its rules forbid, what it cannot find, and a proxy that is gone are told apart', async () => {
    const http = httpOver(hubWith(open.address))
    const failureOf = async (client: Http, url: string) => client.fetchPage(url).catch((error: Error) => error.message)
    expect(await failureOf(http, 'http://private.test/')).toContain(`does not let this machine reach private.test (status 403)`)
    expect(await failureOf(http, 'https://private.test/')).toContain(`does not let this machine reach private.test (status 403)`)
    expect(await failureOf(http, 'https://nowhere.test/')).toMatch(/could not reach nowhere\.test \(status 50\d\)/)
    const gone = httpOver(hubWith('http://127.0.0.1:9'))
    for (const url of ['http://site.test/', 'https://site.test/']) {
      expect(await failureOf(gone, url)).toContain('The proxy 127.0.0.1:9 could not be reached (ECONNREFUSED), so site.test')
    }
  })

  test('addresses that are private as they stand are refused before the proxy hears of them, and this machine never goes through', async () => {
    const http = httpOver(hubWith(open.address))
    for (const url of ['http://10.0.0.1/', 'https://192.168.1.1/', 'http://[fd00::1]/', 'http://169.254.169.254/latest']) {
      await expect(http.fetchPage(url)).rejects.toMatchObject({ message: expect.stringContaining('is a private address') })
    }
    const asked = open.asked().length
    http.allow(site.url)
    expect((await http.fetchPage(`${site.url}/direct`)).status).toBe(200)
    http.allow(`http://shop.localhost:${site.port}`)
    expect((await http.fetchPage(`http://shop.localhost:${site.port}/direct`)).status).toBe(200)
    expect(open.asked()).toHaveLength(asked)
  })

  test('hosts that go without are not asked of it', async () => {
    const http = httpOver(hubWith(open.address, [], 'other.test, .example.com'))
    const asked = open.asked().length
    await expect(http.fetchPage(`https://${SECURE}:${securePort}/`)).rejects.toMatchObject({ code: 'UNREACHABLE' })
    expect(open.asked()).toHaveLength(asked)
  })

  test('the AWS client purges through it, signed for the host that it names', async () => {
    const { port } = new URL(fake.endpoint)
    const options = { endpoint: `http://api.test:${port}`, distributionId: fake.distributionId, region: 'us-east-1' }
    const edge = createCloudFront({
      ...options,
      credentials: { kind: 'keys', ...FAKE_KEY },
      http: httpOver(hubWith(open.address)),
    })
    const receipt = await edge.purge(['/about/'], 'through-a-proxy')
    expect(receipt.state).toMatch(/in-progress|completed/)
    expect(open.asked().some((line) => line.startsWith(`POST http://api.test:${port}/`))).toBe(true)
    edge.close()
    const refused = createCloudFront({
      ...options,
      credentials: { kind: 'keys', ...FAKE_KEY },
      http: httpOver(hubWith(closed.address)),
    })
    await expect(refused.describe()).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringContaining('wants a name and a password'),
    })
    refused.close()
    const tunnelled = createCloudFront({
      ...options,
      endpoint: `https://${SECURE}:${securePort}`,
      credentials: { kind: 'keys', ...FAKE_KEY },
      http: httpOver(hubWith(closed.address)),
    })
    await expect(tunnelled.describe()).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringContaining(`The proxy 127.0.0.1:${closed.port} wants a name and a password`),
    })
    tunnelled.close()
  })

  test('Netlify’s client goes through it, and its refusal names the proxy', async () => {
    const hub = hubWith(open.address, readCertificates(CA_FILE))
    const builder = (http: Http) =>
      createNetlifyBuilder({
        token: 'planted-token',
        siteId: 'site-1',
        baseUrl: `https://${SECURE}:${securePort}/api/v1`,
        http,
      })
    await builder(httpOver(hub))
      .list(10)
      .catch(() => [])
    expect(open.asked().filter((line) => line === `CONNECT ${SECURE}:${securePort} 200`).length).toBeGreaterThan(0)
    const failure = await builder(httpOver(hubWith(closed.address)))
      .list(10)
      .catch((error: Error) => error.message)
    expect(failure).toContain(`The proxy 127.0.0.1:${closed.port} wants a name and a password`)
    hub.use({ source: 'none', http: null, https: null, noProxy: '' }, [])
  })

  test('a trial says which way was taken and who signed the certificate', async () => {
    const hub = hubWith(open.address)
    const url = new URL(`https://${SECURE}:${securePort}`)
    expect(await tryConnection(hub, url)).toMatchObject({
      ok: false,
      proxy: `127.0.0.1:${open.port}`,
      issuer: SECURE,
      fix: expect.stringContaining('add your company’s CA file'),
    })
    hub.use({ source: 'settings', http: null, https: readProxy(open.address), noProxy: '' }, readCertificates(CA_FILE))
    expect(await tryConnection(hub, url)).toMatchObject({
      ok: true,
      sentence: expect.stringContaining('its certificate is trusted'),
    })
    expect(await tryConnection(hubWith(closed.address), url)).toMatchObject({
      ok: false,
      sentence: expect.stringContaining('wants a name and a password'),
    })
    expect(JSON.stringify(await tryConnection(hubWith(closed.address.replace('//', `//ada:${PASSWORD}@`)), url))).not.toContain(
      PASSWORD,
    )
  })
})
