import { beforeAll, describe, expect, test } from 'vitest'
import type { RefreshRun, Renderer, RendererEntry } from '#main/providers/renderer.ts'
import { everythingIn, refusalOf } from './edge.contract.ts'

/** A renderer with at least three entries to test, and the same kind in the ways in which it can be unusable. */
export interface RendererUnderTest {
  readonly renderer: Renderer
  /** A page with an entry and a tag of its own, which the test may mark and refresh. */
  readonly host: string
  readonly path: string
  readonly tag: string
  /** A page that cannot be rendered. */
  readonly missingPath: string
  /** The address is not known there. */
  readonly gone: Renderer
  readonly unreachable: Renderer
  /** Must not appear in any message. */
  readonly secrets: readonly string[]
  /** Changes what the page shows. */
  edit(): Promise<void>
}

/** What every renderer must do. */
export function rendererContract(name: string, makeRenderer: () => Promise<RendererUnderTest>): void {
  describe(`${name} is a renderer`, () => {
    let under: RendererUnderTest
    beforeAll(async () => {
      under = await makeRenderer()
    }, 120_000)

    const one = async (): Promise<RendererEntry | undefined> => (await under.renderer.one(under.host, under.path)).entries[0]

    test('lists entries page by page, each once, with its clock', async () => {
      const whole = await under.renderer.list(null, 1_000)
      expect(whole.next).toBeNull()
      expect(whole.nowMs).toBeGreaterThan(0)
      const seen: string[] = []
      for (let cursor: string | null = null, pages = 0; ; pages += 1) {
        const page = await under.renderer.list(cursor, 2)
        expect(page.entries.length).toBeLessThanOrEqual(2)
        expect(pages).toBeLessThan(1_000)
        seen.push(...page.entries.map(({ path }) => path))
        if (page.next === null) break
        cursor = page.next
      }
      expect(seen).toEqual(whole.entries.map(({ path }) => path))
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.length).toBeGreaterThan(2)
    })

    test('reads one entry with its hash, its tags and its times', async () => {
      const entry = await one()
      expect(entry).toMatchObject({ host: under.host, path: under.path, failure: null })
      expect(entry?.hash).toMatch(/^sha256-[0-9a-f]{64}$/)
      expect(entry?.tags).toContain(under.tag)
      expect(entry?.refreshedAtMs).toBeGreaterThanOrEqual(entry?.startedAtMs ?? Infinity)
      expect(entry?.expiresAtMs).toBeGreaterThan(0)
    })

    test('has no entry for a page that it does not know', async () => {
      expect((await under.renderer.one(under.host, under.missingPath)).entries).toEqual([])
    })

    test('marks a path, and a refresh that begins later answers the mark', async () => {
      const marked = await under.renderer.expire({ host: under.host, paths: [under.path, under.missingPath], tags: [] })
      expect(marked).toMatchObject({ marked: 1, missing: [under.missingPath] })
      const before = await one()
      expect(before).toMatchObject({ expired: true })
      expect(before?.markedAtMs).not.toBeNull()

      await under.edit()
      const run = await ended(under.renderer, await under.renderer.refresh(under.host, [under.path]))
      expect(run).toMatchObject({ finished: true, done: 1, total: 1 })
      expect(run.results).toMatchObject([{ host: under.host, path: under.path, state: 'refreshed', error: null }])
      const after = await one()
      expect(after).toMatchObject({ markedAtMs: null, expired: false, refreshing: false })
      expect(after?.hash).not.toBe(before?.hash)
      expect(after?.startedAtMs).toBeGreaterThanOrEqual(before?.markedAtMs ?? Infinity)
    })

    test('marks by tag', async () => {
      const { marked } = await under.renderer.expire({ host: under.host, paths: [], tags: [under.tag] })
      expect(marked).toBeGreaterThanOrEqual(1)
      expect((await one())?.markedAtMs).not.toBeNull()
      await ended(under.renderer, await under.renderer.refresh(under.host, [under.path]))
    })

    test('tells for every path whether it was refreshed', async () => {
      const run = await ended(under.renderer, await under.renderer.refresh(under.host, [under.path, under.missingPath]))
      const states = Object.fromEntries(run.results.map(({ path, state }) => [path, state]))
      expect(states).toEqual({ [under.path]: 'refreshed', [under.missingPath]: 'failed' })
      expect(run.results.find(({ path }) => path === under.missingPath)?.error).toBeTruthy()
    })

    test('says when a monitor is forgotten, and follows none to another host', async () => {
      const run = await under.renderer.refresh(under.host, [under.path])
      await ended(under.renderer, run)
      const forgotten = await refusalOf(under.renderer.refreshed(run.monitor.replace(/\d+$/, '999999')))
      expect(forgotten.code).toBe('NOT_FOUND')
      for (const elsewhere of ['http://elsewhere.example/refreshes/1', '//elsewhere.example/refreshes/1']) {
        const refusal = await refusalOf(under.renderer.refreshed(elsewhere))
        expect(refusal.code).toBe('PROVIDER_REFUSED')
        expect(refusal.message).toContain('elsewhere.example')
        for (const secret of under.secrets) expect(everythingIn(refusal)).not.toContain(secret)
      }
      expect((await refusalOf(under.renderer.list('http://elsewhere.example/entries', 10))).code).toBe('PROVIDER_REFUSED')
    })

    test('says when its address is not known, without repeating it', async () => {
      for (const attempt of [
        () => under.gone.list(null, 10),
        () => under.gone.one(under.host, under.path),
        () => under.gone.expire({ host: under.host, paths: [under.path], tags: [] }),
        () => under.gone.refresh(under.host, [under.path]),
      ]) {
        const refusal = await refusalOf(attempt())
        expect(refusal.code).toBe('NOT_FOUND')
        expect(refusal.details.fix).toBeTruthy()
        for (const secret of under.secrets) expect(everythingIn(refusal)).not.toContain(secret)
      }
    })

    test('says when nothing answers, and that it may be tried again', async () => {
      const refusal = await refusalOf(under.unreachable.list(null, 10))
      expect(refusal).toMatchObject({ code: 'UNREACHABLE', details: { retryable: true } })
      for (const secret of under.secrets) expect(everythingIn(refusal)).not.toContain(secret)
    })
  })
}

async function ended(renderer: Renderer, started: RefreshRun): Promise<RefreshRun> {
  const giveUpAt = Date.now() + 60_000
  let run = started
  while (!run.finished) {
    if (Date.now() > giveUpAt) throw new Error('The refresh did not end within 60 s.')
    await new Promise((resolve) => {
      setTimeout(resolve, 50)
    })
    run = await renderer.refreshed(run.monitor)
  }
  return run
}
