import { describe, expect, test } from 'vitest'
import { SITE_LOOK } from '../fake-add-site.ts'
import { draftText, EMPTY_DRAFT, readDraft, withLook, withoutLook } from '#renderer/sites/add/draft.ts'
import { madeWith } from '#renderer/sites/add/made-with.ts'
import { notPurgedWords } from '#renderer/sites/add/not-purged.ts'
import {
  accessErrors,
  checkedFirst,
  checkedWords,
  furthestStep,
  isDone,
  lackingIn,
  stepOfField,
  STEPS,
} from '#renderer/sites/add/steps.ts'
import { namesByHost, takenOf } from '#renderer/sites/add/taken-zones.tsx'
import { readZones, zonesOfAliases } from '#renderer/sites/add/zones-of.ts'
import { tourSteps, type Tour } from '#renderer/tour/tour-steps.ts'

describe('An edge that is only looked at', () => {
  const evidence: string[] = []
  test.each([
    ['netlify', 'Netlify', /cannot be purged from here\. Every deploy makes it new by itself/],
    ['cloudflare', 'Cloudflare', /cannot be purged from here\. Purge in Cloudflare’s dashboard/],
    ['nginx', 'nginx', /cannot be purged from here\. Purge with its own tools/],
  ] as const)('%s says what works instead', (kind, name, says) => {
    expect(notPurgedWords({ edges: [{ kind, name, evidence }] })).toMatch(says)
  })

  test('is silent where nothing was recognised, or where it can be purged', () => {
    expect(notPurgedWords({ edges: [] })).toBeNull()
    expect(notPurgedWords(SITE_LOOK)).toBeNull()
  })
})

describe('A draft', () => {
  const seen = withLook({ ...EMPTY_DRAFT, address: 'shop.example' }, SITE_LOOK)

  test('takes what was seen as if it had been entered', () => {
    expect(seen.values).toMatchObject({ name: 'The shop', addresses: 'https://shop.example', edgeKind: 'cloudfront' })
    expect(seen.find).toBe('sitemaps')
    const plain = {
      ...SITE_LOOK,
      url: 'https://plain.example',
      title: null,
      edges: [],
      pages: { ...SITE_LOOK.pages, addresses: 0 },
    }
    expect(withLook(seen, plain)).toMatchObject({ find: 'crawl', values: { name: 'plain.example', edgeKind: 'any-cache' } })
  })

  test('keeps what a person entered when the same site is looked at again', () => {
    const named = { ...seen, values: { ...seen.values, name: 'My shop' } }
    expect(withLook(named, SITE_LOOK).values.name).toBe('My shop')
  })

  test('of a site that does not answer goes on with its address alone', () => {
    const blind = withoutLook({ ...EMPTY_DRAFT, address: 'new.example/shop' })
    expect(blind).toMatchObject({ look: null, unseen: true, values: { name: 'new.example', addresses: 'https://new.example' } })
    expect(STEPS[furthestStep(blind ?? EMPTY_DRAFT)]?.key).toBe('zones')
    for (const address of ['not an address', 'ftp://x.com', 'user:pw@x.com', 'https://user:pw@x.com', 'https://'])
      expect(withoutLook({ ...EMPTY_DRAFT, address })).toBeNull()
    expect(withLook(blind ?? EMPTY_DRAFT, SITE_LOOK)).toMatchObject({ unseen: false, look: SITE_LOOK })
  })

  test('outlives a reload without its secrets', () => {
    const values = {
      ...seen.values,
      secretAccessKey: 's3cret',
      netlifyToken: 's3cret',
      hookUrl: 's3cret',
      varnishSecret: 's3cret',
    }
    const text = draftText({ ...seen, values })
    expect(text).not.toContain('s3cret')
    expect(readDraft(text)).toMatchObject({ address: 'shop.example', look: SITE_LOOK, values: { name: 'The shop', hookUrl: '' } })
    expect(readDraft('{"broken')).toBe(EMPTY_DRAFT)
    expect(readDraft('{"values":1}')).toBe(EMPTY_DRAFT)
  })

  test('says what a step lacks, and keeps the id of a key through a reload', () => {
    const values = { ...seen.values, credentials: 'keys' as const, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }
    const draft = readDraft(draftText({ ...seen, values: { ...values, secretAccessKey: 's3cret' } }))
    expect(draft.values).toMatchObject({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: '' })
    expect(lackingIn('access', draft)).toBe('Enter the secret access key.')
    expect(lackingIn('access', { ...draft, values: { ...values, accessKeyId: '' } })).toBe('Enter the access key id.')
    expect(lackingIn('zones', draft)).toBe('Choose the distribution or enter its id.')
    expect(lackingIn('seen', draft)).toBeNull()
  })

  test('checks no more pages first than were counted', () => {
    const four = { ...seen, look: { ...SITE_LOOK, pages: { ...SITE_LOOK.pages, addresses: 4, more: false } } }
    expect(checkedFirst(four)).toBe(4)
    expect(checkedFirst({ ...four, firstCheckPages: 0 })).toBe(0)
    expect(checkedFirst({ ...four, find: 'crawl' })).toBe(200)
    expect(checkedWords(four)).toBe('The first 4 pages are checked, which makes your origin render at most 4 pages.')
  })

  test('does not know how many pages further zones have', () => {
    const look = { ...SITE_LOOK, pages: { ...SITE_LOOK.pages, addresses: 4, more: false } }
    const two = { ...seen, look, values: { ...seen.values, addresses: 'https://shop.example\nhttps://de.shop.example' } }
    expect(checkedFirst(two)).toBe(200)
    expect(checkedWords(two)).toBe(
      'The first 200 pages of all 2 zones together are checked, which makes your origin render at most 200 pages.',
    )
  })

  test('opens one step after the other', () => {
    const at = (draft: typeof seen) => STEPS[furthestStep(draft)]?.key
    expect(at(EMPTY_DRAFT)).toBe('address')
    expect(at(seen)).toBe('zones')
    expect(at({ ...seen, values: { ...seen.values, credentials: 'keys' } })).toBe('access')
    expect(at({ ...seen, values: { ...seen.values, distributionId: 'E2QWRUHAPOMQZL' } })).toBe('check')
    expect([
      stepOfField('zones.3.url'),
      stepOfField('edge.credentials'),
      stepOfField('name'),
      stepOfField('watchSeconds'),
    ]).toEqual(['zones', 'access', 'seen', 'check'])
  })
})

describe('The step of the access', () => {
  const project = { builderKind: 'local', projectFolder: '/srv/site', buildCommand: 'make', outputFolder: 'dist' } as const
  const look = withLook({ ...EMPTY_DRAFT, address: 'shop.example' }, { ...SITE_LOOK, edges: [] })
  const values = { ...look.values, ...project }

  test('is not done while something in it is wrong, and names each field', () => {
    const wrong = { ...values, timeoutMinutes: 'abc', keepReleases: '-3', buildEnvironment: 'this is wrong', publishFolder: 'x' }
    expect(accessErrors(wrong)).toEqual({
      timeoutMinutes: 'Enter a whole number from 1 to 1,440',
      keepReleases: 'Enter a whole number from 2 to 500',
      buildEnvironment: expect.stringContaining('A variable has letters'),
      publishFolder: expect.stringContaining('Give the whole path'),
    })
    expect(STEPS[furthestStep({ ...look, values: wrong })]?.key).toBe('access')
    expect(STEPS[furthestStep({ ...look, values })]?.key).toBe('check')
  })

  test('is done once it was looked at, as every step', () => {
    const done = (...visited: (typeof STEPS)[number]['key'][]) =>
      STEPS.filter(({ key }) => isDone(key, { ...look, values }, new Set(visited))).map(({ key }) => key)
    expect(done('address', 'seen')).toEqual(['address', 'seen'])
    expect(done('address', 'seen', 'access', 'check')).toEqual(['address', 'seen', 'access'])
  })

  test('leaves what is wrong in other steps to them', () => {
    expect(accessErrors({ ...values, name: '', addresses: 'no address' })).toEqual({})
  })

  test('what makes the pages is what the named project folder says', () => {
    expect(madeWith(look.values)).toContain('not recognised')
    expect(madeWith({ ...values, generator: 'hugo' })).toBe('Hugo, as the project folder says')
    expect(madeWith(values)).toBe('“make”, as the project folder says')
  })
})

describe('Zones', () => {
  test('are taken from lines or the first column of a CSV, and hosts alone are like the site’s own', () => {
    const read = readZones(
      'host,owner\nshop.example.com,Ada\n"de.example.com";x\nhttps://a.example/path\n*.b.example\nno host\n',
      'http://x:8080',
    )
    expect(read).toEqual({
      zones: ['http://shop.example.com:8080', 'http://de.example.com:8080', 'https://a.example'],
      wildcards: ['*.b.example'],
      ofOthers: [],
      notTaken: ['no host'],
    })
  })

  test('of another site are left out, with the line that names them', () => {
    const names = namesByHost([{ name: 'Lollies', zones: [{ id: 1, host: 'b.example', url: 'https://b.example' }] }])
    const read = readZones('host\na.example\nb.example,note\nhttps://c.example', 'https://shop.example', names)
    expect(read.zones).toEqual(['https://a.example', 'https://c.example'])
    expect(read.ofOthers).toEqual([{ line: 3, host: 'b.example', name: 'Lollies' }])
    expect(takenOf(['https://b.example', 'https://a.example'], names)).toEqual([{ zone: 'https://b.example', name: 'Lollies' }])
  })

  test('of a distribution begin with the one that was looked at, once', () => {
    expect(zonesOfAliases(['www.shop.example', 'shop.example', '*.shop.example'], 'https://shop.example').zones).toEqual([
      'https://shop.example',
      'https://www.shop.example',
    ])
  })
})

describe('The tour', () => {
  const tour: Tour = { state: 'running', startedAtMs: 1_000, menuBefore: '[1]', sawWaiting: false }
  const done = (facts: Partial<Parameters<typeof tourSteps>[1]>, more: Partial<Tour> = {}) =>
    tourSteps({ ...tour, ...more }, { menu: '[1]', marks: [], plans: [], ...facts })
      .filter((step) => step.done)
      .map(({ key }) => key)

  test('ticks a step by what happened since it began, and by nothing before', () => {
    expect(done({ marks: [{ createdAtMs: 999, undoneAtMs: null }], plans: [{ createdAtMs: 999, state: 'done' }] })).toEqual([])
    expect(done({ menu: '[2]' })).toEqual(['menu'])
    expect(done({ marks: [{ createdAtMs: 2_000, undoneAtMs: 3_000 }] })).toEqual([])
    expect(done({ menu: null, marks: [{ createdAtMs: 2_000, undoneAtMs: null }] }, { sawWaiting: true })).toEqual([
      'menu',
      'mark',
      'waiting',
    ])
    expect(done({ plans: [{ createdAtMs: 2_000, state: 'purging' }] })).toEqual(['menu', 'mark', 'waiting', 'plan', 'start'])
    expect(done({ plans: [{ createdAtMs: 2_000, state: 'done' }] })).toHaveLength(6)
  })
})
