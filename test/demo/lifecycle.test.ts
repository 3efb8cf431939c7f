import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CreateInvalidationCommand, GetInvalidationCommand } from '@aws-sdk/client-cloudfront'
import { expect, test } from 'vitest'
import {
  ask,
  askJson,
  buildStatus,
  cloudFront,
  control,
  quickTimings,
  startFixture,
  trigger,
  until,
  visit,
  type BuildStatus,
  type Fixture,
} from './demo-fixture.ts'

const mainFile = fileURLToPath(new URL('../../demo/main.ts', import.meta.url))

function invalidation(fixture: Fixture, items: string[], reference: string): CreateInvalidationCommand {
  return new CreateInvalidationCommand({
    DistributionId: fixture.demo.distributionId,
    InvalidationBatch: { CallerReference: reference, Paths: { Quantity: items.length, Items: items } },
  })
}

async function restart(fixture: Fixture): Promise<Fixture> {
  await fixture.demo.close()
  return startFixture({ dataFolder: fixture.dataFolder, timings: quickTimings })
}

test('a restart keeps addresses, copies and clock, finishes purges and builds, and still knows caller references', async () => {
  let fixture = await startFixture({
    timings: { ...quickTimings, purgeFromMs: 60_000, purgeToMs: 61_000, invalidationMs: 90_000 },
  })
  try {
    const urls = fixture.demo.urls
    await visit(fixture, '/lists/kiwi')
    await visit(fixture, '/about')
    await control(fixture, '/api/clock', { advanceSeconds: 500 })
    const { Invalidation: before } = await cloudFront(fixture).send(invalidation(fixture, ['/about'], 'once'))
    await control(fixture, '/api/build-pace', { seconds: 60 })
    const running = await trigger(fixture, { title: 'Interrupted' })
    await until(
      () => buildStatus(fixture, running.path),
      ({ state }) => state === 'running',
    )
    const waiting = await trigger(fixture, { title: 'Waiting', coalesceSeconds: 3_000 })

    fixture = await restart(fixture)
    expect(fixture.demo.urls).toEqual(urls)
    const kept = await visit(fixture, '/lists/kiwi')
    expect(kept.headers['x-cache']).toBe('Hit from cloudfront')
    expect(Number(kept.headers.age)).toBeGreaterThanOrEqual(500)

    const client = cloudFront(fixture)
    const { Invalidation: again } = await client.send(invalidation(fixture, ['/about'], 'once'))
    expect(again?.Id).toBe(before?.Id)
    await expect(client.send(invalidation(fixture, ['/other'], 'once'))).rejects.toMatchObject({
      name: 'InvalidationBatchAlreadyExists',
    })
    await until(
      () => client.send(new GetInvalidationCommand({ DistributionId: fixture.demo.distributionId, Id: String(before?.Id) })),
      ({ Invalidation: read }) => read?.Status === 'Completed',
    )
    expect((await visit(fixture, '/about')).headers['x-cache']).toBe('Miss from cloudfront')

    expect(await buildStatus(fixture, running.path)).toMatchObject({
      state: 'failed',
      error: 'The build service was stopped during this build.',
    })
    expect(
      await until(
        () => buildStatus(fixture, waiting.path),
        ({ endedOn }) => endedOn !== null,
      ),
    ).toMatchObject({ state: 'succeeded' })
  } finally {
    await fixture.end()
  }
})

test('when a remembered port is taken the site moves, with new addresses in its pages', async () => {
  const fixture = await startFixture()
  const taken = new URL(fixture.demo.urls.site).port
  await fixture.demo.close()
  const squatter = createServer().listen(Number(taken), '127.0.0.1')
  await new Promise((resolve) => squatter.once('listening', resolve))
  const moved = await startFixture({ dataFolder: fixture.dataFolder })
  try {
    expect(moved.host).not.toBe(fixture.host)
    expect(JSON.parse(readFileSync(moved.demo.siteFile, 'utf8'))).toMatchObject({
      zones: [{ host: moved.host }, { host: moved.giftsHost }],
    })
    await until(
      async () => ((await askJson(moved.demo.urls.builder, '/builds?limit=1')) as { builds: BuildStatus[] }).builds[0],
      (build) => build?.state === 'succeeded' && build.id !== 'b-3',
    )
    expect((await visit(moved, '/sitemap.xml')).body).toContain(`http://${moved.host}/sitemap-latest.xml`)
  } finally {
    squatter.close()
    await moved.end()
  }
})

interface Started {
  readonly child: ChildProcess
  readonly siteFile: string
  readonly exited: Promise<number | null>
}

async function startProcess(dataFolder: string, extra: readonly string[] = []): Promise<Started> {
  const child = spawn(process.execPath, [mainFile, '--json', '--data', dataFolder, '--port', '14180', ...extra], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', resolve)
    child.once('exit', (code) => reject(new Error(`The demo ended with ${String(code)}.`)))
  })
  expect(line.trim().split('\n')).toHaveLength(1)
  return { child, exited, siteFile: (JSON.parse(line) as { siteFile: string }).siteFile }
}

test('as a process it prints one line, ends on SIGTERM and with its parent, and guards its folder', async () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'demo-process-'))
  try {
    const first = await startProcess(dataFolder)
    const site = JSON.parse(readFileSync(first.siteFile, 'utf8')) as { originUrl: string; zones: { host: string }[] }
    expect((await ask(site.originUrl, '/', { host: String(site.zones[0]?.host) })).status).toBe(200)

    const second = spawn(process.execPath, [mainFile, '--data', dataFolder], { stdio: ['ignore', 'ignore', 'pipe'] })
    let complaint = ''
    second.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaint += text
    })
    expect(await new Promise((resolve) => second.once('close', resolve))).toBe(1)
    expect(complaint).toContain(`is already running: process ${String(first.child.pid)}`)

    first.child.kill('SIGTERM')
    expect(await first.exited).toBe(0)

    const later = await startProcess(dataFolder)
    later.child.stdin?.end()
    expect(await later.exited).toBe(0)
  } finally {
    rmSync(dataFolder, { recursive: true, force: true })
  }
})
