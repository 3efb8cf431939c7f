import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createFolderPublisher } from '#main/providers/local/folder-publisher.ts'
import type { Publisher } from '#main/providers/publisher.ts'
import { eventually } from '../../support/core-client.ts'
import { buildOnce, localBuilds, localSettings, writeProject } from '../../support/local-project.ts'

let folder: string
let project: string
let stop: AbortController
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'frostline-publish-')))
  project = join(folder, 'project')
  stop = new AbortController()
  writeProject(project, { 'build.sh': 'mkdir -p dist && echo ours > dist/index.html' })
})
afterEach(() => {
  stop.abort()
  rmSync(folder, { recursive: true, force: true })
})
const publishTo = (to: string): Publisher => createFolderPublisher({ folder: to, keepReleases: 3, clock: Date.now })
const builderTo = (to: Publisher) => localBuilds(join(folder, 'data'), stop.signal).open(localSettings(project), to)

describe('A place to publish to', () => {
  test('with a folder of its own in place of the link is left alone', async () => {
    writeProject(join(folder, 'web'), { 'current/index.html': 'theirs' })
    const builder = builderTo(publishTo(join(folder, 'web')))
    const build = await buildOnce(builder)
    expect(build).toMatchObject({ state: 'succeeded', release: { published: false } })
    expect(build.error).toMatch(/^Built, but not published\. .*current is a folder or a file of its own/)
    expect(readFileSync(join(folder, 'web/current/index.html'), 'utf8')).toBe('theirs')
  })

  test('that cannot be made is named, and holds no build up', async () => {
    const nowhere = process.platform === 'linux' ? '/proc/frostline' : join(project, 'build.sh')
    const to = publishTo(nowhere)
    const build = await buildOnce(builderTo(to))
    expect(build).toMatchObject({ state: 'succeeded', release: { published: false } })
    expect(build.error).toContain(`Nothing can be written to ${nowhere}`)
  })

  test('that never answers does not keep a build from being cancelled', async () => {
    let asked = () => {}
    const publishing = new Promise<void>((resolve) => (asked = resolve))
    const silent: Publisher = {
      ...publishTo(join(folder, 'web')),
      publish: () => {
        asked()
        return new Promise(() => {})
      },
    }
    const builder = builderTo(silent)
    const begun = await builder.trigger('A build', undefined, { publish: true })
    await publishing
    await builder.cancel(begun.cancelUrl ?? '')
    const ended = await eventually(
      () => builder.status(begun.statusUrl ?? ''),
      ({ state }) => state !== 'running',
      20_000,
    )
    expect(ended.state).toBe('cancelled')
  })
})
