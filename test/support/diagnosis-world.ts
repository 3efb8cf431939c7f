import { createCollector, type CollectInput } from '#main/diagnosis/collector.ts'
import { askAround } from '#main/diagnosis/ask-around-task.ts'
import { askEdge } from '#main/diagnosis/ask-edge-task.ts'
import type { Evidence } from '#main/diagnosis/evidence.ts'
import { recall } from '#main/diagnosis/recall-task.ts'
import { releaseFiles } from '#main/builds/release-files-task.ts'
import { htmlTags } from '#main/inspection/html-tags.ts'
import { steadyBody } from '#main/inspection/steady-body.ts'
import type { Clock } from '#main/platform/clock.ts'
import { createHttp } from '#main/platform/http.ts'
import { behaviourFor, itemMatches } from '#main/providers/cloudfront/purge-items.ts'
import type { ObjectStore } from '#main/providers/object-store.ts'
import type { Renderer } from '#main/providers/renderer.ts'
import type { StoredSite } from './stored-site.ts'

export interface DiagnosisWorld {
  collect(input: Partial<CollectInput> & { readonly url: string }, signal?: AbortSignal): Promise<Evidence>
  close(): Promise<void>
}

/** The whole collector over real HTTP and a real database, on one thread. */
export function diagnosisWorld(
  site: StoredSite,
  options: { readonly objects?: ObjectStore; readonly renderer?: Renderer; readonly clock?: Clock } = {},
): DiagnosisWorld {
  const http = createHttp()
  const clock = options.clock ?? Date.now
  const tasks = {
    db: site.db.raw,
    clock,
    http,
    behaviourFor,
    itemMatches,
    releaseFiles,
    htmlTags,
    steadyBody,
  }
  const collect = createCollector({
    clock,
    // Across the threads everything is copied; what cannot be would fail here, too.
    askEdge: async (input, signal) => structuredClone(await askEdge(tasks, input, signal)),
    askAround: async (input, signal) => structuredClone(await askAround(tasks, structuredClone(input), signal)),
    recall: async (input) => structuredClone(recall(tasks, input)),
    rendererOf: async () => options.renderer ?? null,
    objectsOf: async () => options.objects ?? null,
  })
  return {
    collect: (input, signal = AbortSignal.timeout(60_000)) => collect({ seenAtMs: null, customer: null, ...input }, signal),
    close: http.close,
  }
}
