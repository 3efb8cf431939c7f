import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { caching, edgeLook, html, sha, type EdgeLook } from '../../support/edge-look.ts'

let world: EdgeLook
beforeEach(() => {
  world = edgeLook()
})
afterEach(() => world.end())
const serve: EdgeLook['serve'] = (answer) => world.serve(answer)
const look: EdgeLook['look'] = (edge, around) => world.look(edge, around)

describe('Tags', () => {
  test('come from the HTML and from the header, each in its own list', async () => {
    const body =
      '<!doctype html><ssr-cache data-class="pb-menu" data-id="main-menu"></ssr-cache><p><ps-tag data-class="pb-list"/><ssr-cache data-class="PB-Menu" data-id="MAIN-menu"><ssr-cache data-id="no class">'
    const edge = await serve(() => ({ headers: { ...html, 'x-cache': 'Hit', 'X-Amz-Meta-Cache-Tag': 'a, b  c,,A' }, body }))
    expect(await look(edge, { tagHeader: 'x-amz-meta-cache-tag' })).toMatchObject({
      htmlTags: ['pb-menu:main-menu', 'pb-list'],
      headerTags: ['A', 'b', 'c'],
    })
  })

  test('that are gone are empty lists, not unknown', async () => {
    const edge = await serve(() => ({ headers: { ...html, 'x-cache': 'Hit' }, body: '<p>ssr-cache' }))
    expect(await look(edge, { tagHeader: 'x-tags' })).toMatchObject({ htmlTags: [], headerTags: [] })
  })
})

describe('The origin', () => {
  test('is asked with the host of the page, and its bytes are compared', async () => {
    const origin = await serve(() => ({ body: 'newer' }))
    const edge = await serve(caching())
    expect(await look(edge, { origin, path: '/a?b=1' })).toMatchObject({ edgeHash: sha('hello'), originHash: sha('newer') })
    expect(origin.requests[0]).toMatchObject({ path: '/a?b=1', headers: { host: edge.hostPort } })
  })

  test('may confirm the copy without sending it again', async () => {
    const origin = await serve(({ headers }) => (headers['if-none-match'] === '"v1"' ? { status: 304 } : { body: 'newer' }))
    const edge = await serve(caching({ etag: '"v1"' }))
    expect(await look(edge, { origin })).toMatchObject({ originHash: sha('hello') })
  })

  test('is not asked for a page whose bytes the live release names', async () => {
    const origin = await serve(() => ({ body: 'newer' }))
    expect(await look(await serve(caching()), { origin, originKnown: true })).toMatchObject({ originHash: null })
    expect(origin.requests).toEqual([])
  })

  test('that is down, or answers with an error, leaves the page not compared', async () => {
    const edge = await serve(caching())
    expect(await look(edge, { origin: await serve(() => ({ status: 500 })) })).toMatchObject({
      originHash: null,
      stored: 'stored',
    })
    const down = await serve(() => ({}))
    await down.stop()
    expect(await look(edge, { origin: down })).toMatchObject({ originHash: null, stored: 'stored' })
  })

  test('whose page differs only in what changes at every render has the same page', async () => {
    const page = (nonce: string, clock: string, text: string) =>
      `<!doctype html><script nonce="${nonce}">run()</script><p id="clock">${clock}</p><p>${text}</p>`
    const edge = await serve(() => ({ headers: { ...html, 'x-cache': 'Hit' }, body: page('a1', '10:02', 'old') }))
    const origin = (text: string, clock = '10:02') => serve(() => ({ headers: html, body: page('b2', clock, text) }))
    const edgeHash = sha(page('a1', '10:02', 'old'))
    expect(await look(edge, { origin: await origin('old') })).toMatchObject({ edgeHash, originHash: edgeHash })
    expect(await look(edge, { origin: await origin('new') })).toMatchObject({ originHash: sha(page('b2', '10:02', 'new')) })
    const later = await origin('old', 'noon')
    expect(await look(edge, { origin: later })).toMatchObject({ originHash: sha(page('b2', 'noon', 'old')) })
    expect(await look(edge, { origin: later, volatileSelectors: ['#clock'] })).toMatchObject({ originHash: edgeHash })
  })

  test('is never another host, however a path begins', async () => {
    const other = await serve(() => ({ body: 'secret' }))
    const origin = await serve(() => ({ body: 'hello' }))
    for (const path of [`//${other.hostPort}/x`, '//', '/\\elsewhere']) {
      expect(await look(await serve(caching()), { origin, path })).toMatchObject({ originHash: sha('hello') })
    }
    expect(other.requests).toEqual([])
  })
})

test('Cookies are kept by name only, and header fields that say nothing of caching not at all', async () => {
  const edge = await serve(() => ({
    headers: { ...html, 'x-cache': 'Hit', 'set-cookie': 'session=geheim; Path=/', 'x-powered-by': 'PHP', etag: '"v1"' },
  }))
  const { headers } = await look(edge)
  expect(headers).toEqual(
    expect.arrayContaining([
      ['set-cookie', 'session=…'],
      ['etag', '"v1"'],
      ['x-cache', 'Hit'],
    ]),
  )
  expect(JSON.stringify(headers)).not.toMatch(/geheim|powered/)
})
