import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFolderPublisher } from '#main/providers/local/folder-publisher.ts'
import { createFolderSwitch } from '#main/providers/local/folder-switch.ts'
import { tryPublishFolder } from '#main/providers/local/publish-folder.ts'
import type { Publisher } from '#main/providers/publisher.ts'
import { eventually } from '../../support/core-client.ts'
import { buildOnce, localBuilds, localSettings, logOf, writeProject } from '../../support/local-project.ts'
import { builderContract } from './builder-contract.ts'

const PAGES = `mkdir -p dist/blog
echo '<h1>Home</h1><ssr-cache data-class="pb-menu" data-id="main-menu"></ssr-cache>' > dist/index.html
cat post.txt > dist/blog/index.html
echo 'body{}' > dist/site.css
printf '/old /blog/ 302\\nnowhere\\n' > dist/_redirects
echo "built $1 (1/3) (3/3)"
`
let folder: string
let project: string
let web: string
let stop: AbortController
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'frostline-local-')))
  project = join(folder, 'project')
  web = join(folder, 'web')
  stop = new AbortController()
  writeProject(project, { 'build.sh': PAGES, 'post.txt': 'first' })
})
afterEach(() => {
  stop.abort()
  rmSync(folder, { recursive: true, force: true })
})
const data = () => join(folder, 'data')
const publisher = (): Publisher => createFolderPublisher({ folder: web, keepReleases: 3, clock: Date.now })
const visitorsGet = (path: string) => readFileSync(join(web, 'current', path), 'utf8').trim()

builderContract('A project in a folder, published to a folder,', async () => {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'frostline-local-contract-')))
  const ends = new AbortController()
  writeProject(join(place, 'project'), { 'build.sh': `echo 'token of-the-content-4711'\n${PAGES}`, 'post.txt': 'first' })
  const settings = localSettings(join(place, 'project'), { environment: { CONTENT_TOKEN: 'of-the-content-4711' } })
  const builds = localBuilds(join(place, 'data'), ends.signal)
  const to = createFolderPublisher({ folder: join(place, 'web'), keepReleases: 10, clock: Date.now })
  return {
    builder: builds.open(settings, to),
    gone: builds.open({ ...settings, siteId: 'gone', folder: join(place, 'gone') }, null),
    unreachable: null,
    missing: { manifestUrl: 'local:release/rnever' },
    secrets: ['of-the-content-4711'],
    stop: async () => {
      ends.abort()
      rmSync(place, { recursive: true })
    },
  }
})

describe('A local build', () => {
  test('makes a release with the hash, the type and the tags of every file, and the redirect rules', async () => {
    const builder = localBuilds(data(), stop.signal).open(localSettings(project), null)
    const build = await buildOnce(builder)
    expect(build).toMatchObject({ state: 'succeeded', error: null, release: { published: false, originPath: null } })
    const manifest = await builder.manifest(build.release?.manifestUrl ?? '')
    expect(manifest.files.map(({ host, path, type, tags }) => [host, path, type, tags])).toEqual([
      ['www.example.com', '/blog/', 'text/html', []],
      ['www.example.com', '/', 'text/html', ['pb-menu:main-menu']],
      ['www.example.com', '/site.css', 'text/css', []],
    ])
    expect(manifest.redirects).toEqual([{ from: '/old', to: '/blog/', status: 302 }])
    const log = await logOf(builder, build)
    expect(log).toEqual(
      expect.arrayContaining(['built  (1/3) (3/3)', '_redirects, line 2: “nowhere” is no path: it must begin with a slash.']),
    )
  })

  test('stores once what did not change, and nobody may write to it', async () => {
    const builds = localBuilds(data(), stop.signal)
    const builder = builds.open(localSettings(project), null)
    const first = await buildOnce(builder)
    writeFileSync(join(project, 'post.txt'), 'second')
    const second = await buildOnce(builder)
    const store = builds.releasesOf('site')
    const file = (id: string | undefined, name: string) => statSync(join(store.folderOf(id ?? ''), 'files', name))
    expect(file(first.release?.id, 'index.html').ino).toBe(file(second.release?.id, 'index.html').ino)
    expect(file(first.release?.id, 'blog/index.html').ino).not.toBe(file(second.release?.id, 'blog/index.html').ino)
    expect(file(second.release?.id, 'index.html').mode & 0o222).toBe(0)
    expect(await logOf(builder, second)).toContain(
      `Kept as release ${second.release?.id}: 2 pages, 3 files, 2 of them as before.`,
    )
  })

  test('that fails says the message of the tool rather than where in its own code it was', async () => {
    writeProject(project, {
      'build.sh': `echo '[11ty] 1. Having trouble rendering njk template ./post.njk' >&2
echo '[11ty]   unexpected token: %} (via Template render error)' >&2
echo '[11ty] Original error stack trace: Template render error: (./post.njk)' >&2
echo '[11ty]     at Parser.error (/x/node_modules/nunjucks/src/parser.js:63:12)' >&2
exit 1`,
    })
    const { error } = await buildOnce(localBuilds(data(), stop.signal).open(localSettings(project), null))
    expect(error).toContain('It said: [11ty]   unexpected token: %} (via Template render error). The log says where.')
  })

  test('that fails says what the program said, and keeps no release', async () => {
    writeProject(project, { 'build.sh': 'echo "Error: no data for menu"; echo bye; exit 7' })
    const builder = localBuilds(data(), stop.signal).open(localSettings(project), null)
    expect(await buildOnce(builder)).toMatchObject({
      state: 'failed',
      error: 'The build ended with code 7. It said: Error: no data for menu. The log says where.',
      release: null,
    })
  })

  test('without a page in its output fails, and says which folder is meant', async () => {
    writeProject(project, { 'build.sh': 'mkdir -p dist; echo x > dist/feed.xml' })
    const builder = localBuilds(data(), stop.signal).open(localSettings(project), null)
    const build = await buildOnce(builder)
    expect(build.state).toBe('failed')
    expect(build.error).toContain('has no page in it')
  })

  test('whose program is missing is not begun, and says what to install', async () => {
    const builds = localBuilds(data(), stop.signal)
    await expect(builds.open(localSettings(project, { command: 'no-such-tool --all' }), null).trigger('x')).rejects.toMatchObject(
      {
        code: 'NOT_FOUND',
        message: 'no-such-tool is not on this machine: neither in the project nor on the PATH of your terminal.',
      },
    )
    await expect(builds.open(localSettings(project, { command: 'MODE=x eleventy' }), null).trigger('x')).rejects.toMatchObject({
      details: { fix: `Run npm install in ${project}, so that the project has its own eleventy.` },
    })
  })

  test('shows no secret that it was given, in its log or its error', async () => {
    writeProject(project, { 'build.sh': 'echo "using $TOKEN and https://me:pass-word@x.example/"; echo "Error $TOKEN"; exit 1' })
    const settings = localSettings(project, { environment: { TOKEN: 'planted-secret-4711' } })
    const builder = localBuilds(data(), stop.signal).open(settings, null)
    const build = await buildOnce(builder)
    const everything = JSON.stringify([
      build,
      await logOf(builder, build),
      readFileSync(join(data(), 'builds/site', `${build.remoteId}.log`), 'utf8'),
    ])
    expect(everything).toContain('using …')
    expect(everything).not.toContain('planted-secret')
    expect(everything).not.toContain('pass-word')
  })

  test('waits for the one before it', async () => {
    writeProject(project, { 'build.sh': `sleep 0.2\n${PAGES}` })
    const builder = localBuilds(data(), stop.signal).open(localSettings(project), null)
    const [first, second] = [await builder.trigger('first'), await builder.trigger('second')]
    await eventually(
      () => builder.status(second.statusUrl ?? ''),
      ({ state }) => state === 'succeeded',
    )
    const [one, two] = [await builder.status(first.statusUrl ?? ''), await builder.status(second.statusUrl ?? '')]
    expect(one.endedAtMs).toBeLessThanOrEqual(two.startedAtMs ?? 0)
  })

  test('that a fallen core left running is ended at the next start', async () => {
    writeProject(project, { 'build.sh': 'echo $$ > pid; exec sleep 300' })
    const runner = fileURLToPath(new URL('../../support/local-build-runner.ts', import.meta.url))
    const core = spawn(process.execPath, [runner, data(), project], { stdio: ['ignore', 'pipe', 'inherit'] })
    const pid = await eventually(
      async () => (existsSync(join(project, 'pid')) ? Number(readFileSync(join(project, 'pid'), 'utf8')) : 0),
      (found) => found > 0,
    )
    await eventually(
      async () => readdirSync(join(data(), 'builds/site')).map((file) => readFileSync(join(data(), 'builds/site', file), 'utf8')),
      (texts) => texts.some((text) => text.includes('"mark":"')),
    )
    core.kill('SIGKILL')
    await once(core, 'exit')
    expect(existsSync(`/proc/${pid}`)).toBe(true)
    const next = localBuilds(data(), stop.signal).open(localSettings(project), null)
    expect((await next.list(5))?.builds[0]).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('Frostline ended while this build ran'),
    })
    await eventually(
      async () => existsSync(`/proc/${pid}`),
      (there) => !there,
    )
  })

  test('lets go of old releases, but not of one that is needed', async () => {
    const builds = localBuilds(data(), stop.signal)
    let pinned: string[] = []
    const builder = builds.open(localSettings(project, { keepReleases: 2, keep: () => pinned }), null)
    const first = (await buildOnce(builder)).release?.id ?? ''
    pinned = [first]
    const second = (await buildOnce(builder)).release?.id ?? ''
    await buildOnce(builder)
    await buildOnce(builder)
    const kept = await builds.releasesOf('site').ids()
    expect(kept).toHaveLength(3)
    expect(kept).toContain(first)
    expect(kept).not.toContain(second)
    const shown = (await builder.list(10))?.builds.map(({ release }) => release?.id ?? null)
    expect(shown).toEqual([kept[2], kept[1], null, first])
  })
})

describe('A folder that a web server serves', () => {
  test('gets each release whole, by one switched link', async () => {
    const builder = localBuilds(data(), stop.signal).open(localSettings(project), publisher())
    const first = await buildOnce(builder)
    expect(first.release).toMatchObject({ published: true, originPath: `/releases/${first.release?.id}` })
    expect(visitorsGet('blog/index.html')).toBe('first')
    writeFileSync(join(project, 'post.txt'), 'second')
    const second = await buildOnce(builder)
    expect(visitorsGet('blog/index.html')).toBe('second')
    expect(await builder.list(5)).toMatchObject({ liveReleaseId: second.release?.id })
    expect(existsSync(join(web, 'current', '_redirects'))).toBe(false)
  })

  test('goes back to an older release, and forward to one that was held back', async () => {
    const builds = localBuilds(data(), stop.signal)
    const builder = builds.open(localSettings(project), publisher())
    const first = await buildOnce(builder)
    writeFileSync(join(project, 'post.txt'), 'second')
    await buildOnce(builder)
    writeFileSync(join(project, 'post.txt'), 'held back')
    const held = await buildOnce(builder, 'held back', false)
    expect(visitorsGet('blog/index.html')).toBe('second')
    const origin = createFolderSwitch(publisher(), builds.releasesOf('site'))
    const before = await origin.read()
    await origin.switchTo(`/releases/${first.release?.id}`, before.etag)
    expect(visitorsGet('blog/index.html')).toBe('first')
    await expect(origin.switchTo(before.originPath, before.etag)).rejects.toMatchObject({ code: 'CONFLICT' })
    await origin.switchTo(`/releases/${held.release?.id}`, (await origin.read()).etag)
    expect(visitorsGet('blog/index.html')).toBe('held back')
    expect((await builder.list(1))?.builds[0]).toMatchObject({ release: { id: held.release?.id, published: true } })
    expect(await origin.deployed()).toBe(true)
  })

  test('keeps its newest releases, and tells of those that are gone', async () => {
    const to = publisher()
    const builder = localBuilds(data(), stop.signal).open(localSettings(project), to)
    const ids: string[] = []
    for (let round = 0; round < 5; round += 1) ids.push((await buildOnce(builder)).release?.id ?? '')
    expect((await to.list(10)).map(({ id }) => id)).toEqual(ids.slice(2).reverse())
    await expect(to.rollBack(ids[0] ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(to.rollBack('../../etc')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('below a file is refused as no folder, not as a folder of its own', async () => {
    writeProject(folder, { 'hostname/x': '' })
    const file = join(folder, 'hostname/x')
    const below = createFolderPublisher({ folder: join(file, 'site'), keepReleases: 3, clock: Date.now })
    const refused = { code: 'BAD_INPUT', message: `${file} is no folder, so nothing can be published below it.` }
    await expect(below.live()).rejects.toMatchObject(refused)
    await expect(tryPublishFolder(join(file, 'site'))).rejects.toMatchObject(refused)
  })

  test('is tried by writing to it, and nothing of the try stays', async () => {
    await tryPublishFolder(join(web, 'not/there/yet'))
    expect(readdirSync(folder)).not.toContain('web')
    writeProject(web, { 'theirs.html': 'theirs' })
    await tryPublishFolder(web)
    expect(readdirSync(web)).toEqual(['theirs.html'])
  })

  test.skipIf(!existsSync('/proc/self'))('where nothing can be written is refused by its field', async () => {
    await expect(tryPublishFolder('/proc/x')).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('/proc cannot be published to'),
      details: { field: 'builder.publish.folder' },
    })
  })
})
