import { AppError } from '#shared/errors.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { ObjectStore } from '#main/providers/object-store.ts'
import type { Renderer } from '#main/providers/renderer.ts'
import type { AskAroundInput } from './ask-around-task.ts'
import type { AskEdgeInput, EdgeStage } from './ask-edge-task.ts'
import type { Evidence } from './evidence.ts'
import type { AskedByCore } from './origin.ts'
import type { RecallInput } from './recall-task.ts'

export interface CollectInput {
  readonly url: string
  readonly seenAtMs: number | null
  readonly customer: { readonly text: string } | null
}

/** The tasks run on the work thread; the secrets that the renderer and the bucket need are on this one. */
export interface CollectorWorld {
  readonly clock: Clock
  askEdge(input: AskEdgeInput, signal: AbortSignal): Promise<EdgeStage>
  askAround(input: AskAroundInput, signal: AbortSignal): Promise<Evidence>
  recall(input: RecallInput): Promise<Evidence>
  rendererOf(siteId: string): Promise<Renderer | null>
  /** Null when the settings name no bucket. */
  objectsOf(siteId: string): Promise<ObjectStore | null>
}

/** One answer of the renderer or of the bucket. */
const ASK_MS = 5_000

/** Collects everything that a diagnosis rests on. Throws `AppError`; what cannot be asked is a gap in the evidence. */
export function createCollector(world: CollectorWorld): (input: CollectInput, signal: AbortSignal) => Promise<Evidence> {
  return async (input, signal) => {
    const { url, seenAtMs, customer } = input
    if (seenAtMs !== null && seenAtMs < world.clock()) return world.recall({ url, seenAtMs, customer })
    const stage = await world.askEdge({ url, customer }, signal)
    return world.askAround({ stage, asked: await askWithSecrets(world, stage, signal) }, signal)
  }
}

const NOBODY: AskedByCore = { renderer: null, object: null }

async function askWithSecrets(world: CollectorWorld, stage: EdgeStage, signal: AbortSignal): Promise<AskedByCore> {
  const { site, page, target } = stage
  // The manifest says it surest; a target on a foreign host is none of the site's pages.
  if (site === null || !site.hosts.includes(target.host) || page?.servedAs === 'static') return NOBODY
  const siteId = site.about.id
  const within = AbortSignal.any([signal, AbortSignal.timeout(ASK_MS)])
  const renderer = site.hasRenderer
    ? await attempt(signal, async () => {
        const answer = await (await world.rendererOf(siteId))?.one(target.host, target.path, within)
        if (!answer) return null
        return { entry: answer.entries[0] ?? null, nowMs: answer.nowMs, atMs: world.clock() }
      })
    : null
  if (!site.hasObjects || (renderer !== null && 'entry' in renderer && renderer.entry !== null)) return { renderer, object: null }
  const object = await attempt(signal, async () => {
    const store = await world.objectsOf(siteId)
    if (store === null) return null
    return { found: await store.head(target.path, within), store: store.name, atMs: world.clock() }
  })
  return { renderer, object }
}

async function attempt<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T | { readonly why: string }> {
  try {
    return await ask()
  } catch (error) {
    if (signal.aborted) throw error
    if (error instanceof AppError) return { why: [error.message, error.details.fix].filter(Boolean).join(' ') }
    if (error instanceof DOMException && error.name === 'TimeoutError')
      return { why: `It did not answer within ${ASK_MS / 1_000} s.` }
    throw error
  }
}
