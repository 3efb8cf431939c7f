import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Builder, RemoteBuild } from '#main/providers/builder.ts'
import { everythingIn, refusalOf } from '../../contracts/edge.contract.ts'

/** A builder to test, and the same kind in the ways in which it can be unusable. */
export interface BuilderUnderTest {
  readonly builder: Builder
  /** What builds is not there any more: the hook, the folder. */
  readonly gone: Builder
  /** Null for a builder that lies behind no network. */
  readonly unreachable: Builder | null
  /** Ids and addresses of things that never were. */
  readonly missing: { readonly manifestUrl: string }
  /** Must not appear in any message. */
  readonly secrets: readonly string[]
  stop(): Promise<void>
}

const ENDED = new Set<RemoteBuild['state']>(['succeeded', 'failed', 'cancelled'])

/** What every builder that can be followed must do. */
export function builderContract(name: string, makeBuilder: () => Promise<BuilderUnderTest>): void {
  describe(`${name} is a builder`, () => {
    let under: BuilderUnderTest
    beforeAll(async () => {
      under = await makeBuilder()
    }, 120_000)
    afterAll(async () => {
      await under.stop()
    })

    test('starts a build and follows it to its release', async () => {
      const started = await under.builder.trigger('Contract: follow')
      expect(started.remoteId).not.toBe('')
      expect(started.statusUrl).not.toBeNull()
      expect(started.causes).toContain('frostline')
      const ended = await untilEnded(under.builder, started)
      expect(ended).toMatchObject({ remoteId: started.remoteId, state: 'succeeded', error: null })
      expect(ended.endedAtMs).toBeGreaterThanOrEqual(ended.startedAtMs ?? Infinity)
      expect(ended.release).not.toBeNull()
    }, 90_000)

    test('lists builds, the newest first, with the live release', async () => {
      const started = await under.builder.trigger('Contract: list')
      const ended = await untilEnded(under.builder, started)
      const list = await under.builder.list(5)
      expect(list?.builds[0]?.remoteId).toBe(ended.remoteId)
      expect(list?.builds.length).toBeLessThanOrEqual(5)
      expect(list?.liveReleaseId).toBeTruthy()
      const statusUrl = list?.builds[0]?.statusUrl
      if (statusUrl) expect((await under.builder.status(statusUrl)).remoteId).toBe(ended.remoteId)
    }, 90_000)

    test('streams the log until the build has ended', async () => {
      const started = await under.builder.trigger('Contract: log')
      expect(started.logUrl).not.toBeNull()
      const lines: string[] = []
      for await (const line of under.builder.log(started.logUrl ?? '', AbortSignal.timeout(60_000))) lines.push(line)
      expect(lines.length).toBeGreaterThan(0)
      expect(lines.some((line) => line.includes('\n'))).toBe(false)
      expect(ENDED.has((await untilEnded(under.builder, started)).state)).toBe(true)
    }, 90_000)

    test('has a manifest with the hash of every file', async () => {
      const ended = await untilEnded(under.builder, await under.builder.trigger('Contract: manifest'))
      const manifest = await under.builder.manifest(ended.release?.manifestUrl ?? '')
      expect(manifest.releaseId).toBe(ended.release?.id)
      expect(manifest.files.length).toBeGreaterThan(0)
      for (const file of manifest.files) {
        expect(file.hash).toMatch(/^sha256-[0-9a-f]{64}$/)
        expect(file.path.startsWith('/')).toBe(true)
      }
    }, 90_000)

    test('cancels a build', async () => {
      const started = await under.builder.trigger('Contract: cancel')
      expect(started.cancelUrl).not.toBeNull()
      await under.builder.cancel(started.cancelUrl ?? '')
      const ended = await untilEnded(under.builder, started)
      // It may have ended before it was told.
      expect(['cancelled', 'succeeded']).toContain(ended.state)
    }, 90_000)

    test('builds without publishing when it is asked to leave what visitors get', async () => {
      const live = (await under.builder.list(1))?.liveReleaseId
      const started = await under.builder.trigger('Contract: held back', undefined, { publish: false })
      const ended = await untilEnded(under.builder, started)
      expect(ended).toMatchObject({ state: 'succeeded', release: { published: false } })
      expect((await under.builder.list(1))?.liveReleaseId).toBe(live)
    }, 90_000)

    test('says when a release is not there any more', async () => {
      const refusal = await refusalOf(under.builder.manifest(under.missing.manifestUrl))
      expect(refusal.code).toBe('NOT_FOUND')
    })

    test('says when what builds is not there any more, without repeating what is secret', async () => {
      const refusal = await refusalOf(under.gone.trigger('Contract: gone'))
      expect(refusal.code).toBe('NOT_FOUND')
      expect(refusal.details.fix).toBeTruthy()
      for (const secret of under.secrets) expect(everythingIn(refusal)).not.toContain(secret)
    })

    test('says when nothing answers, and that it may be tried again', async ({ skip }) => {
      if (under.unreachable === null) return skip('it lies behind no network')
      const refusal = await refusalOf(under.unreachable.trigger('Contract: unreachable'))
      expect(refusal).toMatchObject({ code: 'UNREACHABLE', details: { retryable: true } })
      for (const secret of under.secrets) expect(everythingIn(refusal)).not.toContain(secret)
    })

    test('follows no link to another host', async () => {
      for (const attempt of [
        () => under.builder.status('http://elsewhere.example/builds/1'),
        () => under.builder.manifest('http://elsewhere.example/m.json'),
        () => under.builder.cancel('http://elsewhere.example/cancel'),
      ]) {
        const refusal = await refusalOf(attempt())
        expect(refusal.code).toBe('PROVIDER_REFUSED')
        expect(refusal.message).toContain('elsewhere.example')
      }
    })
  })
}

async function untilEnded(builder: Builder, started: RemoteBuild): Promise<RemoteBuild> {
  const giveUpAt = Date.now() + 80_000
  let build = started
  while (!ENDED.has(build.state)) {
    if (build.statusUrl === null) throw new Error('The build cannot be followed.')
    if (Date.now() > giveUpAt) throw new Error('The build did not end within 80 s.')
    await new Promise((resolve) => {
      setTimeout(resolve, 100)
    })
    build = await builder.status(build.statusUrl)
  }
  return build
}
