import { createServer, type Server } from 'node:http'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, startTestCore, type RunningCore } from '../support/core-client.ts'
import { writeProject } from '../support/local-project.ts'

// A project in a folder, a web server that serves what it is published to, and a core over both: nothing of it is a fake.
let folder: string
let core: RunningCore
let server: Server
let siteId = ''
const project = () => join(folder, 'project')
const page = (name: string, text: string) => writeFileSync(join(project(), `${name}.txt`), text)

beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'frostline-local-story-')))
  const current = join(folder, 'web', 'current')
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    try {
      const body = readFileSync(join(current, path.endsWith('/') ? `${path}index.html` : path))
      response.writeHead(200, { 'content-type': 'text/html', 'cache-control': 'max-age=600' }).end(body)
    } catch {
      response.writeHead(404).end('nothing')
    }
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  writeProject(project(), {
    'build.sh': `for page in *.txt; do name=\${page%.txt}; mkdir -p dist/$name; cat $page > dist/$name/index.html; done
echo "<a href=/one/>one</a>" > dist/index.html
printf '/old/* /one/ 302\\n/two /elsewhere 301 Country=de\\n/* /missing 404\\n' > dist/_redirects\n`,
    'one.txt': 'one',
    'two.txt': 'two',
  })
  core = await startTestCore({ dataFolder: join(folder, 'data') })
  const { port } = server.address() as AddressInfo
  siteId = (
    await core.client.sites.add({
      name: 'Local',
      zones: [{ url: `http://127.0.0.1:${port}` }],
      edge: { kind: 'any-cache' },
      builder: {
        kind: 'local',
        folder: project(),
        command: 'sh build.sh',
        outputFolder: 'dist',
        environment: { TOKEN: 'planted-secret-4711' },
        publish: { kind: 'folder', folder: join(folder, 'web') },
      },
      links: [],
      watchSeconds: 86_400,
    })
  ).siteId
}, 60_000)
afterAll(async () => {
  await core.close()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const build = async (title: string) => {
  const begun = await core.client.builds.trigger({ siteId, title })
  const ended = await eventually(
    () => core.client.builds.list({ siteId }),
    (list) => list.find(({ id }) => id === begun.id)?.release?.live === true,
  )
  return ended.find(({ id }) => id === begun.id)
}

describe('A project of this machine', { timeout: 60_000 }, () => {
  test('whose first release could not be published is published when the way is free', async () => {
    writeFileSync(join(folder, 'web'), 'a file in the place of the folder')
    const begun = await core.client.builds.trigger({ siteId, title: 'In vain' })
    const [built] = await eventually(
      () => core.client.builds.list({ siteId }),
      (list) => list.find(({ id }) => id === begun.id)?.state === 'succeeded',
    )
    expect(built?.error).toMatch(/^Built, but not published\. Nothing can be written to .*web/)
    rmSync(join(folder, 'web'))
    const releaseId = built?.release?.id ?? ''
    expect(await core.client.deploys.preview({ siteId, releaseId })).toMatchObject({
      from: null,
      back: false,
      pins: false,
      counts: null,
      purge: null,
    })
    await core.client.deploys.switchTo({ siteId, releaseId, purge: false })
    const { deploys, pin } = await eventually(
      () => core.client.deploys.list({ siteId }),
      ({ lastSwitch }) => lastSwitch?.state === 'done',
    )
    expect({ state: deploys[0]?.state, pin }).toEqual({ state: 'live', pin: null })
  })

  test('is built and published, and its pages are known with what the origin has', async () => {
    await build('First')
    const { rows } = await eventually(
      () => core.client.pages.list({ siteId }),
      ({ rows: found }) => found.length === 3,
    )
    expect(rows.map(({ path }) => path).sort()).toEqual(['/', '/one/', '/two/'])
    expect(rows.every(({ servedAs }) => servedAs === 'static')).toBe(true)
    expect((await core.client.sites.list())[0]?.builder).toEqual({ kind: 'local', host: project(), follows: true })
  })

  test('shows its log', async () => {
    const [last] = await core.client.builds.list({ siteId })
    const lines: string[] = []
    for await (const { line } of await core.client.builds.log({ buildId: last?.id ?? '' })) lines.push(line)
    expect(lines[0]).toContain('$ sh build.sh')
    expect(lines.at(-1)).toMatch(/^Published at \/releases\//)
  })

  test('tells which rule answers an address', async () => {
    const rule = (address: string) => core.client.builds.rule({ siteId, address })
    expect(await rule('/old/thing')).toMatchObject({
      file: false,
      rule: { place: 1, status: 302 },
      target: '/one/',
      ruleCount: 3,
    })
    expect(await rule('/one/')).toMatchObject({ file: true, rule: null })
    expect(await rule('/two')).toMatchObject({ rule: { place: 3 }, depending: [{ place: 2, conditions: ['Country=de'] }] })
    await expect(rule('https://elsewhere.example/')).rejects.toMatchObject({ code: 'BAD_INPUT' })
  })

  test('built again, tells the pages that changed, and visitors can be given the older release', async () => {
    const [before] = await core.client.builds.list({ siteId })
    const pageIds = (await core.client.pages.list({ siteId })).rows.map(({ id }) => id)
    await core.client.inspection.check({ siteId, selection: { kind: 'pages', pageIds } })
    await eventually(
      () => core.client.pages.list({ siteId }),
      ({ rows }) => rows.every(({ content }) => content === 'current'),
    )
    page('one', 'one, corrected')
    const second = await build('Second')
    const releaseId = second?.release?.id ?? ''
    expect((await core.client.deploys.changes({ siteId, releaseId })).counts).toEqual({
      added: 0,
      changed: 1,
      removed: 0,
      otherFiles: 0,
    })
    const old = (await core.client.pages.list({ siteId })).rows.filter(({ content }) => content === 'superseded')
    expect(old.map(({ path }) => path)).toEqual(['/one/'])
    const address = (await core.client.sites.list())[0]?.zones[0]?.url ?? ''
    expect(await (await fetch(`${address}/one/`)).text()).toBe('one, corrected')

    const to = before?.release?.id ?? ''
    expect((await core.client.deploys.list({ siteId })).deploys.find((deploy) => deploy.releaseId === to)?.fixed).toBeNull()
    await core.client.deploys.switchTo({ siteId, releaseId: to, purge: false })
    const after = await eventually(
      () => core.client.deploys.list({ siteId }),
      ({ lastSwitch }) => lastSwitch?.state === 'done',
    )
    expect(after.pin?.release.id).toBe(to)
    expect(await (await fetch(`${address}/one/`)).text()).toBe('one')
  })

  test('that is pinned is built without being published, and goes on with the newest when it is unpinned', async () => {
    page('two', 'two, corrected')
    const begun = await core.client.builds.trigger({ siteId, title: 'Held back' })
    await eventually(
      () => core.client.builds.list({ siteId }),
      (list) => list.find(({ id }) => id === begun.id)?.state === 'succeeded',
    )
    const address = (await core.client.sites.list())[0]?.zones[0]?.url ?? ''
    expect(await (await fetch(`${address}/two/`)).text()).toBe('two')
    await core.client.deploys.unpin({ siteId, purge: false })
    await eventually(
      () => core.client.deploys.list({ siteId }),
      ({ lastSwitch, pin }) => lastSwitch?.state === 'done' && pin === null,
    )
    expect(await (await fetch(`${address}/two/`)).text()).toBe('two, corrected')
  })

  test('keeps its secrets out of the database', () => {
    const stored = ['frostline.db', 'frostline.db-wal'].map((file) => readFileSync(join(core.dataFolder, file), 'latin1'))
    expect(stored.join('')).not.toContain('planted-secret')
  })

  test('is recognised and tried out before it is added', async () => {
    const { detection, problem } = await core.client.projects.detect({ folder: project() })
    expect(detection).toMatchObject({ generator: 'command', command: '' })
    expect(problem).toBeNull()
    const seen: unknown[] = []
    const wish = {
      folder: project(),
      command: 'sh build.sh && echo "done $TOKEN"',
      outputFolder: 'dist',
      environment: { TOKEN: 'tried-4711' },
    }
    for await (const event of await core.client.projects.tryOut(wish)) seen.push(event)
    expect(seen).toMatchObject([
      { line: 'done …' },
      { outcome: { ok: true, message: 'It works: 3 pages and 0 other files in dist.' } },
    ])
    const failing = []
    for await (const event of await core.client.projects.tryOut({ ...wish, command: 'no-such-tool' })) failing.push(event)
    expect(failing).toMatchObject([
      { outcome: { ok: false, message: expect.stringContaining('no-such-tool is not on this machine') } },
    ])
    expect(await core.client.projects.folders({ path: folder })).toMatchObject({
      parent: realpathSync(tmpdir()),
      folders: ['data', 'project', 'web'],
    })
    await expect(core.clientFor('operator').projects.detect({ folder: project() })).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
  })

  test('that is removed ends its build and, for good, is forgotten with its releases, and visitors keep what they have', async () => {
    writeProject(project(), { 'build.sh': 'echo $$ > pid; exec sleep 300' })
    await core.client.builds.trigger({ siteId })
    const pid = await eventually(
      async () => (existsSync(join(project(), 'pid')) ? Number(readFileSync(join(project(), 'pid'), 'utf8')) : 0),
      (found) => found > 0,
    )
    expect(core.core.busy()).toContain('Build: Rebuild from Frostline')
    await core.client.sites.remove({ siteId })
    await eventually(
      async () => existsSync(`/proc/${pid}`),
      (there) => !there,
    )
    expect(existsSync(join(core.dataFolder, 'releases', siteId))).toBe(true)
    await core.client.siteSettings.erase({ removedId: siteId })
    expect(existsSync(join(core.dataFolder, 'releases', siteId))).toBe(false)
    expect(readFileSync(join(folder, 'web', 'current', 'two', 'index.html'), 'utf8')).toBe('two, corrected')
  })
})
