import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EditedSite, SITE_SECRETS } from '#shared/site-settings.ts'
import { SiteInput } from '#shared/sites.ts'
import { editValues, readEdited } from '#renderer/sites/settings/edited-values.ts'
import { describeChanges } from '#main/sites/describe-changes.ts'
import { editedSite } from '#main/sites/edited-site.ts'
import { completed, secretChange, typedSecret } from '#main/sites/kept-secrets.ts'
import { isSame } from '#main/sites/site-places.ts'
import { SiteSettings, withoutSecrets } from '#main/sites/store.ts'

const word = fc.stringMatching(/^[a-z][a-z0-9]{2,12}$/)
const url = fc
  .tuple(word, fc.integer({ min: 1, max: 65_535 }), word)
  .map(([host, port, path]) => `https://${host}.example:${port}/${path}`)
const zone = fc.tuple(word, word).map(([a, b]) => ({ url: `https://${a}.${b}.example` }))
const credentials = fc.oneof(
  fc.constant({ kind: 'default' as const }),
  word.map((profile) => ({ kind: 'profile' as const, profile })),
  fc.constant({ kind: 'keys' as const, accessKeyId: 'AKIAPLANTED', secretAccessKey: 'planted-secret' }),
)
const maybe = <T>(name: string, of: fc.Arbitrary<T>) =>
  fc.option(of, { nil: undefined }).map((value) => (value === undefined ? {} : { [name]: value }))
const merged = (...parts: fc.Arbitrary<object>[]) => fc.tuple(...parts).map((all) => Object.assign({}, ...all) as object)

const edge = fc.oneof(
  merged(
    fc.record({
      kind: fc.constant('cloudfront'),
      distributionId: fc.constantFrom('E2QWRUHAPOMQZL', 'E1234567'),
      region: word,
      credentials,
    }),
    maybe('endpoint', url),
  ),
  fc.constant({ kind: 'any-cache' }),
  fc.record({
    kind: fc.constant('varnish'),
    addresses: fc.uniqueArray(url, { minLength: 1, maxLength: 3 }),
    secret: fc.constant('planted-secret'),
    soft: fc.boolean(),
  }),
)
const header = fc.record({ name: fc.constantFrom('X-One', 'X-Two'), value: word })
const builder = fc.oneof(
  merged(
    fc.record({ kind: fc.constant('hook'), hookUrl: word.map((host) => `https://${host}.example/planted-secret`) }),
    maybe('listUrl', url),
    maybe('method', fc.constantFrom('POST', 'PUT', 'GET')),
    maybe('headers', fc.array(header, { maxLength: 2 })),
    maybe('body', word),
    maybe('secretHeader', fc.constant({ name: 'Authorization', value: 'planted-secret' })),
  ),
  merged(
    fc.record({ kind: fc.constant('netlify'), siteId: word, token: fc.constant('planted-secret'), clearCache: fc.boolean() }),
    maybe('branch', word),
    maybe('baseUrl', url),
  ),
  merged(
    fc.record({
      kind: fc.constant('local'),
      folder: word.map((name) => `/home/${name}`),
      command: word,
      outputFolder: word,
      environment: fc.constant({ TOKEN: 'planted-secret' }),
      keepReleases: fc.integer({ min: 2, max: 500 }),
    }),
    maybe(
      'publish',
      word.map((name) => ({ kind: 'folder', folder: `/srv/${name}` })),
    ),
  ),
)
const objects = merged(
  fc.record({
    kind: fc.constant('s3'),
    bucket: word,
    prefix: fc.constantFrom('', 'site'),
    region: word,
    forcePathStyle: fc.boolean(),
    credentials,
  }),
  maybe('endpoint', url),
  maybe(
    'publish',
    fc.record({
      htmlSeconds: fc.integer({ min: 0, max: 8_000 }).map((hours) => hours * 3_600),
      keep: fc.integer({ min: 2, max: 100 }),
    }),
  ),
)
const site = merged(
  fc.record({
    name: word,
    zones: fc.uniqueArray(zone, { minLength: 1, maxLength: 5, selector: ({ url: one }) => one }),
    edge,
    volatileSelectors: fc.array(
      word.map((name) => `#${name}`),
      { maxLength: 3 },
    ),
    watchSeconds: fc.integer({ min: 5, max: 86_400 }),
    links: fc.array(fc.record({ label: word, url }), { maxLength: 2 }),
  }),
  maybe('originUrl', url),
  maybe('builder', builder),
  maybe(
    'renderer',
    fc.record({ kind: fc.constant('ssr-cache'), url: word.map((host) => `https://${host}.example/planted-secret`) }),
  ),
  maybe('objects', objects),
).map((input) => {
  const { edge: at, objects: bucket, ...rest } = SiteInput.parse(input)
  // Builds are published to a bucket only where an edge can be pointed at them.
  const place = bucket && at.kind !== 'cloudfront' ? { ...bucket, publish: undefined } : bucket
  return { ...rest, edge: at, ...(place ? { objects: place } : {}) }
})

/** As it is stored and told again. */
const told = (input: EditedSite, before: SiteSettings | null = null) => {
  const stored = SiteSettings.parse(withoutSecrets(input, before))
  return {
    stored,
    edited: EditedSite.parse(
      editedSite(
        input.name,
        input.zones.map((one) => one.url),
        stored,
      ),
    ),
  }
}

describe('A site of any settings', () => {
  test('is told without its secrets, and stored the same again from what was told', () => {
    fc.assert(
      fc.property(site, (input) => {
        const { stored, edited } = told(input)
        expect(JSON.stringify(edited)).not.toMatch(/planted|PLANTED/)
        expect(SITE_SECRETS.filter((secret) => typeof typedSecret(secret, edited) === 'string')).toEqual([])
        // Through a file, to where nothing is known of it, and back.
        const there = told(EditedSite.parse(JSON.parse(JSON.stringify(edited))))
        expect(there.edited).toEqual(edited)
        expect(told(edited, stored).stored).toEqual(stored)
        expect(describeChanges(edited, there.edited)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('keeps every secret when it is saved as it was told', async () => {
    await fc.assert(
      fc.asyncProperty(site, async (input) => {
        const { stored, edited } = told(input)
        const vault = new Map(SITE_SECRETS.map((secret) => [secret, secretChange(secret, input, null) ?? null]))
        const whole = await completed(edited, stored, async (secret) => vault.get(secret) ?? null)
        expect(isSame(told(whole).stored, stored)).toBe(true)
        for (const secret of SITE_SECRETS) {
          const kept = secretChange(secret, edited, stored)
          expect([secret, kept ?? vault.get(secret)]).toEqual([secret, vault.get(secret)])
        }
        expect(whole.edge).toEqual(input.edge)
        expect(whole.renderer).toEqual(input.renderer)
      }),
      { numRuns: 500 },
    )
  })

  test('comes out of the form as it went in', () => {
    fc.assert(
      fc.property(site, (input) => {
        const { edited } = told(input)
        const read = readEdited(editValues(edited), edited)
        expect(read.ok ? describeChanges(edited, read.settings) : read.errors).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test('never has a secret in what is said of its changes', () => {
    fc.assert(
      fc.property(site, site, (before, after) => {
        expect(describeChanges(told(before).edited, after).join(' ')).not.toMatch(/planted|PLANTED/)
      }),
      { numRuns: 500 },
    )
  })
})
