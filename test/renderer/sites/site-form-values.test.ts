import { describe, expect, test } from 'vitest'
import { EMPTY_SITE, formField, readSite, type SiteFormValues } from '#renderer/sites/site-form-values.ts'

const GOOD: SiteFormValues = {
  ...EMPTY_SITE,
  name: 'Lollies',
  addresses: 'https://a.example\n\n  https://b.example  ',
  distributionId: 'E2QWRUHAPOMQZL',
}

describe('a filled form', () => {
  test('becomes what the core takes, without the fields that were left empty', () => {
    expect(readSite(GOOD)).toEqual({
      ok: true,
      input: {
        name: 'Lollies',
        zones: [{ url: 'https://a.example' }, { url: 'https://b.example' }],
        edge: { kind: 'cloudfront', distributionId: 'E2QWRUHAPOMQZL', credentials: { kind: 'default' } },
      },
    })
  })

  test('names each instance of Varnish, and nothing of an edge that was typed before', () => {
    const varnish = {
      ...GOOD,
      edgeKind: 'varnish',
      varnishAddresses: 'http://10.0.0.1:6081\n\nhttp://10.0.0.2:6081 ',
      varnishSecret: 'secret',
      purgeStyle: 'soft',
    } as const
    const edge = { kind: 'varnish', addresses: ['http://10.0.0.1:6081', 'http://10.0.0.2:6081'], secret: 'secret', soft: true }
    const read = readSite(varnish)
    expect(read).toMatchObject({ ok: true, input: { edge } })
    expect(JSON.stringify(read)).not.toContain(GOOD.distributionId)
    expect(readSite({ ...varnish, varnishAddresses: 'http://10.0.0.1\n10.0.0.2', varnishSecret: '' })).toMatchObject({
      ok: false,
      errors: { varnishAddresses: expect.stringMatching(/^Line 2: /), varnishSecret: expect.stringContaining('secret') },
    })
    expect(formField('edge.addresses.1')).toBe('varnishAddresses')
  })

  test('sends only the credentials that were chosen', () => {
    const read = readSite({
      ...GOOD,
      credentials: 'profile',
      profile: 'work',
      accessKeyId: 'typed before',
      secretAccessKey: 'typed before',
    })
    expect(read).toMatchObject({ ok: true, input: { edge: { credentials: { kind: 'profile', profile: 'work' } } } })
    expect(JSON.stringify(read)).not.toContain('typed before')
  })

  test('needs no distribution for a cache that is only looked at', () => {
    const read = readSite({ ...GOOD, edgeKind: 'any-cache', distributionId: '', originUrl: ' https://origin.example ' })
    expect(read).toMatchObject({ ok: true, input: { originUrl: 'https://origin.example', edge: { kind: 'any-cache' } } })
  })
})

test('what copies are compared with is optional, and read with the credentials of the edge', () => {
  const given = { ...GOOD, bucket: ' my-site-pages ', bucketPrefix: 'releases/r-7', volatileSelectors: '#clock\n\n .greeting ' }
  expect(readSite(given)).toMatchObject({
    ok: true,
    input: {
      objects: { kind: 's3', bucket: 'my-site-pages', prefix: 'releases/r-7' },
      volatileSelectors: ['#clock', '.greeting'],
    },
  })
  const without = readSite(GOOD)
  expect(without.ok && [without.input.objects, without.input.volatileSelectors]).toEqual([undefined, undefined])
  const wrong = readSite({ ...GOOD, bucketRegion: 'eu-central-1', volatileSelectors: 'p > a' })
  expect(!wrong.ok && wrong.errors).toMatchObject({
    bucket: expect.stringContaining('A bucket has small letters'),
    volatileSelectors: expect.stringMatching(/^Line 1: Only simple selectors/),
  })
})

test('what is published to a bucket says how long the edge keeps pages, in numbers', () => {
  const given = { ...GOOD, bucket: 'my-site-pages', bucketUse: 'publish', htmlHours: '6', releasesKept: '5' } as const
  const publish = { htmlSeconds: 21_600, keep: 5 }
  expect(readSite(given)).toMatchObject({ ok: true, input: { objects: { publish } } })
  expect(readSite({ ...given, bucketEndpoint: 'https://store.example' })).toMatchObject({
    input: { objects: { endpoint: 'https://store.example', forcePathStyle: true, publish } },
  })
  const compared = readSite({ ...given, edgeKind: 'varnish', varnishAddresses: 'http://10.0.0.1:6081', varnishSecret: 's' })
  expect(compared).toMatchObject({ ok: true })
  expect(compared.ok && compared.input.objects).not.toHaveProperty('publish')
  expect(readSite({ ...given, htmlHours: 'a day', releasesKept: '1' })).toMatchObject({
    ok: false,
    errors: { htmlHours: expect.any(String), releasesKept: expect.any(String) },
  })
})

describe('a wrong form', () => {
  test('says at each field what is wrong with it', () => {
    const read = readSite({
      ...EMPTY_SITE,
      addresses: 'https://a.example\nexample.com',
      credentials: 'keys',
      listUrl: 'https://builds.example',
    })
    expect(read.ok).toBe(false)
    if (read.ok) return
    expect(read.errors).toMatchObject({
      name: 'Give the site a name',
      addresses: expect.stringMatching(/^Line 2: Not a web address/),
      distributionId: expect.stringContaining('begins with E'),
      accessKeyId: 'Enter the access key id',
      secretAccessKey: 'Enter the secret access key',
      hookUrl: expect.stringContaining('Enter an address'),
    })
  })

  test.each([
    ['zones.0.url', 'addresses'],
    ['name', 'name'],
    ['originUrl', 'originUrl'],
    ['edge.kind', 'edgeKind'],
    ['edge.credentials.profile', 'profile'],
    ['edge.credentials', 'credentials'],
    ['builder.hookUrl', 'hookUrl'],
    ['builder.listUrl', 'listUrl'],
    ['edge.region', null],
    ['names', null],
  ])("the core's field %s was typed in %s", (path, field) => {
    expect(formField(path)).toBe(field)
  })
})
