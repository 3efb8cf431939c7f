import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AwsAccess } from '#shared/add-site.ts'
import { createCredentialPlaces } from '#main/providers/cloudfront/profiles.ts'
import { startTestCore, type RunningCore } from '../../support/core-client.ts'
import { quickTimings, startTestDemo, type TestDemo } from '../../support/demo.ts'
import { startSiteServer, type Served, type SiteServer } from '../../support/site-server.ts'
import { FAKE_KEY, startFakeCloudFront, type FakeCloudFront } from '../providers/fake-cloudfront.ts'

let stack: TestDemo
let panel: RunningCore
let server: SiteServer
const answers = new Map<string, Served>()
beforeAll(async () => {
  stack = await startTestDemo(undefined, quickTimings)
  panel = await startTestCore()
  server = await startSiteServer(({ path, headers }) => answers.get(`${headers.host?.split(':')[0]}${path}`))
}, 60_000)
afterAll(async () => {
  await panel?.close()
  await server?.stop()
  await stack?.demo.close()
})

const look = (address: string, privateToo = true) => panel.client.addSite.look({ address, privateToo })
const at = (name: string) => `http://${name}.localhost:${new URL(server.url).port}`
const serve = (name: string, files: Record<string, Served>) => {
  for (const [path, served] of Object.entries(files)) answers.set(`${name}.localhost${path}`, served)
  return at(name)
}

describe('A look at a site', () => {
  test('of the built-in stack shows its edge with evidence, its tags and its sitemaps', async () => {
    const seen = await look(stack.demo.urls.site)
    expect(seen.edges.map(({ kind }) => kind)).toEqual(['cloudfront'])
    expect(seen.edges[0]?.evidence).toContainEqual(expect.stringMatching(/^x-amz-cf-pop: /))
    expect(seen).toMatchObject({ status: 200, title: expect.stringMatching(/\w/), known: [], problems: [] })
    expect(seen.tagsBy).toContain('<ssr-cache> elements')
    expect(seen.pages.addresses).toBeGreaterThan(100)
    expect(await panel.client.sites.list()).toEqual([])
  })

  test('says what it could not tell, and what that means', async () => {
    const seen = await look(serve('plain', { '/': { body: '<title>Plain</title>' } }))
    expect(seen).toMatchObject({ title: 'Plain', edges: [], generator: null, pages: { addresses: 0, files: [] } })
    expect(seen.unknown.join(' ')).toMatch(/No sign of a cache.*No sitemap/)
  })

  test('reads what robots.txt names, and takes no page for a sitemap', async () => {
    const base = at('maps')
    const list = (...paths: string[]) =>
      `<urlset>${paths.map((path) => `<url><loc>${base}${path}</loc></url>`).join('')}</urlset>`
    serve('maps', {
      '/': { body: '<meta name="generator" content="Hugo 0.140.0">' },
      '/robots.txt': { body: `Sitemap: ${base}/all.xml\nSitemap: ${base}/page` },
      '/all.xml': { body: `<sitemapindex><sitemap><loc>${base}/one.xml</loc></sitemap></sitemapindex>` },
      '/one.xml': { body: list('/a', '/b', '/c') },
      '/page': { body: '<!doctype html><p>Nothing' },
    })
    const seen = await look(base)
    expect(seen.generator?.name).toBe('Hugo 0.140.0')
    expect(seen.pages).toEqual({ robots: true, files: [`${base}/all.xml`, `${base}/one.xml`], addresses: 3, more: false })
  })

  test('follows a redirect on the same machine, and offers the other host as the zone', async () => {
    const base = serve('bare', { '/': { status: 301, headers: { location: '/home' } }, '/home': { body: '<title>Home</title>' } })
    expect(await look(base)).toMatchObject({ url: base, title: 'Home', problems: [] })
    const other = serve('moved', { '/': { status: 302, headers: { location: `${at('bare')}/home` } } })
    await expect(look(other)).resolves.toMatchObject({
      url: at('bare'),
      problems: [
        { message: expect.stringContaining('redirects to bare.localhost'), fix: expect.stringContaining('becomes the zone') },
      ],
    })
  })

  test.each<[string, Served, RegExp]>([
    ['password', { status: 401, headers: { 'www-authenticate': 'Basic' } }, /asks for a password/],
    ['forbidden', { status: 403 }, /refuses this request \(status 403\)/],
    ['broken', { status: 503 }, /failure of its own \(status 503\)/],
    ['empty', { status: 404 }, /no front page/],
  ])('of a site that answers %s says so, with what to do', async (name, served, says) => {
    const { problems } = await look(serve(name, { '/': served }))
    expect(problems).toMatchObject([{ message: expect.stringMatching(says), fix: expect.stringMatching(/\w/) }])
  })

  test('adds https, and takes http where https does not answer', async () => {
    serve('bare', { '/': { body: '<title>Home</title>' } })
    const seen = await look(at('bare').replace('http://', ''))
    expect(seen.url).toBe(at('bare'))
    expect(seen.problems[0]?.message).toMatch(/https does not work there/)
  })

  test.each<[string, string, object]>([
    ['what is no address', 'not an address', { code: 'BAD_INPUT', data: { field: 'address' } }],
    ['another scheme', 'ftp://example.com', { code: 'BAD_INPUT', data: { field: 'address' } }],
    [
      'a name that does not exist',
      'https://nowhere.invalid',
      { code: 'UNREACHABLE', message: expect.stringContaining('nowhere.invalid') },
    ],
    ['a closed port', 'http://127.0.0.1:9', { code: 'UNREACHABLE', message: expect.stringContaining('nothing listens') }],
  ])('of %s is refused with a sentence', async (_what, address, refusal) => {
    await expect(look(address)).rejects.toMatchObject(refusal)
  })

  test('asks no private address before its owner says so, and follows none', async () => {
    await expect(look(at('never-asked'), false)).rejects.toMatchObject({ code: 'UNREACHABLE', data: { field: 'privateToo' } })
    const away = serve('trap', { '/': { status: 302, headers: { location: 'http://127.0.0.1:9/secret' } } })
    await expect(look(away)).rejects.toMatchObject({ message: expect.stringContaining('redirects to 127.0.0.1:9') })
    const loop = serve('loop', { '/': { status: 302, headers: { location: '/' } } })
    await expect(look(loop)).rejects.toMatchObject({ message: expect.stringContaining('redirects more than') })
  })

  test('names the site that has the address already, which then cannot be added again', async () => {
    const { siteId } = await panel.client.sites.add({ ...stack.site, key: undefined, watchSeconds: 86_400 })
    expect((await look(stack.demo.urls.site)).known).toEqual([{ siteId, name: 'Lollies' }])
    await expect(panel.client.sites.add({ ...stack.site, key: undefined, name: 'Again' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('is a zone of Lollies already'),
      data: { field: 'zones.0.url' },
    })
    await panel.client.sites.remove({ siteId })
  })

  test.each([
    ['ftp://x.example', 'This is not a web address.'],
    ['ada:secret@x.example', 'An address may not hold a name and a password.'],
    ['https://ada:secret@x.example', 'An address may not hold a name and a password.'],
  ])('refuses %s before anything is asked', async (address, message) => {
    await expect(look(address)).rejects.toMatchObject({ code: 'BAD_INPUT', message, data: { field: 'address' } })
  })

  test('is for owners', async () => {
    await expect(panel.clientFor('operator').addSite.look({ address: 'example.com' })).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    })
  })
})

describe('The account', () => {
  const access = (pair: { accessKeyId: string; secretAccessKey: string }): AwsAccess => ({
    endpoint: stack.demo.urls.control,
    region: 'us-east-1',
    credentials: { kind: 'keys', ...pair },
  })

  test('lists its distributions, and finds the one that serves a host', async () => {
    const hosts = [new URL(stack.demo.urls.site).host]
    const { distributions, complete, best } = await panel.client.addSite.distributions({
      access: access(stack.demo.credentials),
      hosts,
    })
    expect({ complete, best }).toEqual({ complete: true, best: stack.site.edge.distributionId })
    expect(distributions[0]).toMatchObject({
      aliases: ['lollies.localhost', 'gifts.localhost'],
      arn: expect.stringMatching(/^arn:aws:/),
    })
  })

  test('tries every call and changes nothing', async () => {
    const tryAll = () =>
      panel.client.addSite.tryPermissions({
        access: access(stack.demo.credentials),
        distributionId: stack.site.edge.distributionId,
        wants: { rollBack: true, countOthers: true },
      })
    const { permissions } = await tryAll()
    expect(permissions.map(({ action, state }) => [action.replace('cloudfront:', ''), state])).toEqual([
      ['ListDistributions', 'allowed'],
      ['GetDistribution', 'allowed'],
      ['GetDistributionConfig', 'allowed'],
      ['GetCachePolicy', 'allowed'],
      ['ListInvalidations', 'allowed'],
      ['GetInvalidation', 'allowed'],
      ['CreateInvalidation', 'not-tried'],
      ['UpdateDistribution', 'allowed'],
    ])
    const state = await (await fetch(new URL('/api/state', stack.demo.controlsUrl))).json()
    expect(state).toMatchObject({ invalidations: 0 })
  })

  test('names the permission that is missing', async () => {
    const { permissions } = await panel.client.addSite.tryPermissions({
      access: access(stack.demo.restrictedCredentials),
      distributionId: stack.site.edge.distributionId,
      wants: {},
    })
    expect(permissions.filter(({ state }) => state === 'missing')).toMatchObject([
      { action: 'cloudfront:GetCachePolicy', fix: expect.stringContaining('Allow cloudfront:GetCachePolicy') },
    ])
  })

  test('says of a wrong id, of wrong keys and of no API what is wrong', async () => {
    const { permissions } = await panel.client.addSite.tryPermissions({
      access: access(stack.demo.credentials),
      distributionId: 'EMISSING00001',
      wants: {},
    })
    expect(permissions.find(({ action }) => action === 'cloudfront:GetDistribution')).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('There is no distribution EMISSING00001'),
      wrongId: true,
    })
    const wrong = access({ ...stack.demo.credentials, secretAccessKey: 'wrong' })
    await expect(panel.client.addSite.distributions({ access: wrong, hosts: [] })).rejects.toMatchObject({
      code: 'CREDENTIALS_REFUSED',
    })
    const elsewhere = { ...access(stack.demo.credentials), endpoint: stack.demo.urls.site }
    await expect(panel.client.addSite.distributions({ access: elsewhere, hosts: [] })).rejects.toMatchObject({
      message: expect.stringContaining('is not CloudFront’s API'),
    })
  })
})

describe('What AWS says of a refusal', () => {
  let fake: FakeCloudFront
  beforeAll(async () => {
    fake = await startFakeCloudFront()
  })
  afterAll(() => fake?.stop())

  test.each([
    [
      'because no identity-based policy allows the cloudfront:ListDistributions action',
      /^Allow cloudfront:ListDistributions on arn:aws:x/,
    ],
    ['with an explicit deny in an identity-based policy', /denies cloudfront:ListDistributions by name/],
    ['with an explicit deny in a service control policy', /organization forbids/],
    ['because no permissions boundary allows the cloudfront:ListDistributions action', /permissions boundary/],
  ])('%s', async (because, fix) => {
    const message = `User: arn:aws:iam::111122223333:user/ada is not authorized to perform: cloudfront:ListDistributions on resource: arn:aws:x ${because}`
    fake.intercept = () => ({
      status: 403,
      body: `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${message}</Message></Error></ErrorResponse>`,
    })
    const access: AwsAccess = { endpoint: fake.endpoint, region: 'us-east-1', credentials: { kind: 'keys', ...FAKE_KEY } }
    await expect(panel.client.addSite.distributions({ access, hosts: [] })).rejects.toMatchObject({
      code: 'CREDENTIALS_REFUSED',
      data: { fix: expect.stringMatching(fix) },
    })
  })
})

describe('Profiles of the AWS tools', () => {
  const home = mkdtempSync(join(tmpdir(), 'frostline-aws-'))
  const before = process.env['HOME']
  const nowMs = Date.parse('2026-11-21T12:00:00Z')
  const cache = (key: string, content: object) =>
    writeFileSync(join(home, '.aws/sso/cache', `${createHash('sha1').update(key).digest('hex')}.json`), JSON.stringify(content))
  beforeAll(() => {
    process.env['HOME'] = home
    mkdirSync(join(home, '.aws/sso/cache'), { recursive: true })
    writeFileSync(
      join(home, '.aws/config'),
      `[default]\nregion = eu-central-1\n[profile shop]\nsso_session = work\n  nested = x\n[profile old]\nsso_start_url = https://old.example/start\n
[profile new]\nsso_session = other\n[profile deploy]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = shop\n[sso-session work]\nsso_start_url = https://work.example\n`,
    )
    writeFileSync(
      join(home, '.aws/credentials'),
      '[default]\naws_access_key_id = AKIASECRET\naws_secret_access_key = verysecret\n',
    )
    cache('work', { accessToken: 'token-secret', expiresAt: '2026-11-21T13:00:00Z' })
    cache('https://old.example/start', { expiresAt: '2026-11-20T13:00:00Z' })
  })
  afterAll(() => {
    process.env['HOME'] = before
    rmSync(home, { recursive: true, force: true })
  })

  test('are named with how they sign in and whether that has expired, and nothing secret of them is told', async () => {
    const profiles = await createCredentialPlaces(() => nowMs, {}).profiles()
    expect(profiles.map(({ name, kind, signIn }) => [name, kind, signIn?.state ?? null])).toEqual([
      ['default', 'keys', null],
      ['shop', 'sso', 'valid'],
      ['old', 'sso', 'expired'],
      ['new', 'sso', 'missing'],
      ['deploy', 'role', 'valid'],
    ])
    expect(profiles[2]?.signIn?.command).toBe('aws sso login --profile old')
    expect(profiles[4]?.signIn?.command).toBe('aws sso login --profile shop')
    expect(JSON.stringify(profiles)).not.toMatch(/secret/i)
  })
})
