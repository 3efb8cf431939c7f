import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createHttp } from '#main/platform/http.ts'
import { localBuilds } from '../../support/local-project.ts'
import type { Edge } from '#main/providers/edge.ts'
import { createVendors } from '#main/providers/vendors.ts'
import { edgeContract, everythingIn, refusalOf } from '../../contracts/edge.contract.ts'
import { startSiteServer, type SiteServer } from '../../support/site-server.ts'
import { freePort, SECRET, startVarnish, varnishMissing, type RunningVarnish } from '../../support/varnish.ts'

const missing = varnishMissing()
if (missing !== null) console.warn(missing)

const http = createHttp()
const SHOP = 'shop.example.com'
let origin: SiteServer
/** Held back by the origin until it resolves. */
let slow = Promise.resolve()
let varnish: RunningVarnish
let bare: RunningVarnish

beforeAll(async () => {
  if (missing !== null) return
  origin = await startSiteServer(async ({ path, headers, before }) => ({
    ...(path.includes('/slow') ? await slow.then(() => ({})) : {}),
    headers: {
      'cache-control': 'max-age=600',
      'content-type': 'text/html',
      vary: 'x-language',
      ...(path.startsWith('/menu') ? { 'cache-tag': 'page, Menu:Main', 'surrogate-key': 'all shop', xkey: 'own' } : {}),
      ...(headers['x-language'] === undefined ? {} : { 'content-language': String(headers['x-language']) }),
    },
    body: `${headers.host} ${path} version ${before + 1}`,
  }))
  varnish = await startVarnish(origin)
  bare = await startVarnish(origin, { withVcl: false })
}, 90_000)
afterAll(async () => {
  await Promise.all([varnish?.stop(), bare?.stop()])
  await origin?.stop()
  await http.close()
})

interface Wish {
  readonly addresses?: readonly string[]
  readonly secret?: string
  readonly soft?: boolean
  readonly hosts?: readonly string[]
}
const edgeOf = ({ addresses = [varnish.url], secret = SECRET, soft = false, hosts = [varnish.host, SHOP] }: Wish = {}): Edge =>
  createVendors(http, localBuilds('/nowhere', AbortSignal.abort()), Date.now, async () => null).openEdge({
    kind: 'varnish',
    addresses,
    secret,
    soft,
    hosts,
  })

if (missing === null) {
  edgeContract('Varnish with xkey', async () => ({
    edge: edgeOf(),
    path: '/about',
    tag: 'menu:main',
    keepsReferences: false,
    missing: edgeOf({ addresses: [bare.url] }),
    missingId: bare.host,
    refused: edgeOf({ secret: 'not-the-secret-of-this-varnish' }),
    refusedSecret: 'not-the-secret-of-this-varnish',
    unreachable: edgeOf({ addresses: ['http://nothing.localhost:9'] }),
    stop: async () => {},
  }))
}

describe.skipIf(missing !== null)('Varnish', () => {
  const get = async (path: string, host = varnish.host, headers = {}, at = varnish) => {
    const answer = await http.requestText(at.url + path, { headers: { host, ...headers }, privateAllowed: true })
    return { text: answer.text, header: answer.headers.get }
  }
  const textOf = async (...asked: Parameters<typeof get>) => (await get(...asked)).text
  let areas = 0
  let area = ''
  beforeEach(() => {
    areas += 1
    area = `/area-${areas}`
  })

  test('purges one path in every host and variant, and says how many objects went', async () => {
    const before = [await textOf(area), await textOf(area, SHOP), await textOf(area, SHOP, { 'x-language': 'de' })]
    await textOf(`${area}/below`)
    const { state, gone } = await edgeOf().purge([area], 'r-1')
    expect({ state, gone }).toEqual({ state: 'completed', gone: [{ item: area, objects: 3 }] })
    expect(await textOf(area)).not.toBe(before[0])
    expect(await textOf(area, SHOP)).not.toBe(before[1])
    expect(await textOf(area, SHOP, { 'x-language': 'de' })).not.toBe(before[2])
    expect(await textOf(`${area}/below`)).toContain('version 1')
    expect((await edgeOf().purge([`${area}/never-asked-for`], 'r-2')).gone).toEqual([
      { item: `${area}/never-asked-for`, objects: 0 },
    ])
  })

  test('purges a beginning and nothing else, whatever a regular expression would make of its characters', async () => {
    const inside = [`${area}/a.(b)+[c]?d=1`, `${area}/a.(b)+[c]?d=12&e`]
    const outside = [`${area}/aX(b)+[c]?d=1`, `${area}/a.b+c`, `/x${area}/a.(b)+[c]?d=1`]
    for (const path of [...inside, ...outside]) expect(await textOf(path)).toContain('version 1')
    const { gone } = await edgeOf().purge([`${area}/a.(b)+[c]?d=*`], 'r-3')
    expect(gone?.map(({ objects }) => objects)).toEqual([null])
    for (const path of inside) expect(await textOf(path)).toContain('version 2')
    for (const path of outside) expect(await textOf(path)).toContain('version 1')
  })

  test('purges by a tag of any of the three headers, whatever its case', async () => {
    const path = `/menu${area}`
    expect((await get(path)).header('xkey')).toBe('page,menu:main,all,shop,own')
    for (const [at, tag] of ['menu:MAIN', 'Shop', 'own', 'page'].entries()) {
      expect(await textOf(path)).toContain(`version ${at + 1}`)
      expect((await edgeOf().purge([`#${tag}`], `r-tag-${at}`)).gone?.[0]?.objects).toBeGreaterThan(0)
    }
    expect(await textOf(path)).toContain('version 5')
    expect((await edgeOf().purge(['#menu'], 'r-tag-part')).gone).toEqual([{ item: '#menu', objects: 0 }])
  })

  test('purges everything of its hosts, and leaves other sites on the same Varnish alone', async () => {
    for (const host of [varnish.host, SHOP, 'other.example.com']) expect(await textOf(area, host)).toContain('version')
    const other = await textOf(area, 'other.example.com')
    const mine = await textOf(area)
    await edgeOf().purge(['/*'], 'r-all')
    expect(await textOf(area)).not.toBe(mine)
    expect(await textOf(area, 'other.example.com')).toBe(other)
  })

  test('finds a path in the spelling of browsers as well as in the encoded one', async () => {
    for (const path of [`${area}/~ada|[x]`, `${area}/%7Eada%7C%5Bx%5D`]) await textOf(path)
    expect((await edgeOf().purge([`${area}/~ada|[x]`], 'r-tilde')).gone?.[0]?.objects).toBe(2)
  })

  test('serves a softly purged copy once more, while the new one is fetched', async () => {
    const first = await textOf(area)
    expect((await edgeOf({ soft: true }).purge([area], 'r-soft')).gone).toEqual([{ item: area, objects: 1 }])
    expect(await textOf(area)).toBe(first)
    await expect.poll(() => textOf(area)).toContain('version 2')
    const path = `/menu${area}`
    expect(await textOf(path)).toContain('version 1')
    await edgeOf({ soft: true }).purge(['#own'], 'r-soft-tag')
    expect(await textOf(path)).toContain('version 1')
    await expect.poll(() => textOf(path)).toContain('version 2')
  })

  test('waits for a fetch that is under way, and purges what came of it', async () => {
    const path = `${area}/slow`
    let release = () => {}
    slow = new Promise((resolve) => void (release = resolve))
    const visitor = textOf(path)
    await expect.poll(() => origin.requests.some((seen) => seen.path === path)).toBe(true)
    const purge = edgeOf({ hosts: [varnish.host] }).purge([path], 'r-slow')
    release()
    expect(await visitor).toContain('version 1')
    expect((await purge).gone).toEqual([{ item: path, objects: 1 }])
    expect(await textOf(path)).toContain('version 2')
  })

  test('keeps its notes to itself, and takes none from visitors', async () => {
    const answer = await http.requestText(varnish.url + area, {
      headers: { 'x-frostline-answer': 'gone=7', 'x-frostline-tag': 'own' },
      privateAllowed: true,
    })
    expect(answer.headers.list.map(([name]) => name.toLowerCase()).filter((name) => name.startsWith('x-frostline'))).toEqual([])
    expect(answer.text).toContain('version 1')
  })

  test('tells what it can do, without a policy, and that it does not charge', async () => {
    expect(await edgeOf({ soft: true }).describe()).toMatchObject({
      id: `Varnish at ${varnish.host}`,
      capabilities: { purgesPaths: true, purgesPrefixes: true, purgesTags: true, tagHeader: 'xkey', soft: true },
      behaviours: [{ pattern: '*', policy: null }],
    })
    expect((await edgeOf().describe()).capabilities.tariff).toMatchObject({ priceMicroDollars: 0, freePerMonth: null })
  })
})

describe.skipIf(missing !== null)('Several instances of Varnish', () => {
  let second: RunningVarnish
  beforeEach(async () => {
    second = await startVarnish(origin)
  }, 60_000)
  afterEach(async () => second.stop())
  const textAt = async (at: RunningVarnish) =>
    (await http.requestText(`${at.url}/several`, { headers: { host: SHOP }, privateAllowed: true })).text

  test('are all told, and counted together', async () => {
    await Promise.all([varnish, second].map(textAt))
    const both = edgeOf({ addresses: [varnish.url, second.url] })
    expect((await both.purge(['/several'], 'r-both')).gone).toEqual([{ item: '/several', objects: 2 }])
  })

  test('fail together when one is down, by its name; the others were purged, and repeating it is harmless', async () => {
    const dead = `http://127.0.0.1:${await freePort()}`
    const both = edgeOf({ addresses: [dead, second.url] })
    const before = await textAt(second)
    const refusal = await refusalOf(both.purge(['/several'], 'r-partly'))
    expect(refusal).toMatchObject({ code: 'UNREACHABLE', details: { retryable: true } })
    expect(refusal.message).toContain('1 of 2 instances of Varnish were purged')
    expect(refusal.message).toContain(new URL(dead).host)
    expect(refusal.details.fix).toContain('harmless')
    expect(await textAt(second)).not.toBe(before)
  })

  test('are not waited for again when one refuses: that does not pass by itself', async () => {
    const dead = `http://127.0.0.1:${await freePort()}`
    const refusal = await refusalOf(edgeOf({ addresses: [dead, second.url], secret: 'wrong' }).purge(['/several'], 'r-wrong'))
    expect(refusal).toMatchObject({ code: 'CREDENTIALS_REFUSED', details: { retryable: false } })
    expect(refusal.message).toContain(second.host)
    expect(everythingIn(refusal)).not.toContain('wrong')
  })
})

describe.skipIf(missing !== null)('What is no Varnish of ours', () => {
  test('is recognised although it says 200 to PURGE', async () => {
    const server = await startSiteServer(() => ({ status: 200, body: 'Purged' }))
    const refusal = await refusalOf(edgeOf({ addresses: [server.url] }).purge(['/about'], 'r-nginx'))
    expect(refusal).toMatchObject({ code: 'NOT_FOUND', details: { fix: expect.stringContaining('docs/providers/varnish.md') } })
    await server.stop()
  })

  test('is recognised when the VCL is not installed: Varnish passes PURGE on to the origin', async () => {
    for (const item of ['/about', '/blog/*', '#menu']) {
      const refusal = await refusalOf(edgeOf({ addresses: [bare.url] }).purge([item], `r-bare-${item}`))
      expect(refusal).toMatchObject({ code: 'NOT_FOUND', details: { fix: expect.stringContaining('varnish.vcl') } })
    }
  })

  test('is told apart from a Varnish without a secret, and from a site whose secret is lost', async () => {
    const open = await startVarnish(origin, { secret: null })
    expect((await refusalOf(edgeOf({ addresses: [open.url] }).describe())).details.fix).toContain('FROSTLINE_SECRET')
    expect((await refusalOf(edgeOf({ addresses: [open.url], secret: '' }).describe())).message).toContain('is missing')
    await open.stop()
  }, 60_000)
})
