import { AppError } from '#shared/errors.ts'
import type { Step } from './run-plan.ts'
import { readTargets } from './targets.ts'
import { pagesText, someOf } from './wording.ts'

/** What a plan needs of the renderer; the composition root supplies it. */
export interface RefreshPort {
  /** Reads anew what the renderer keeps of these pages. */
  look(siteId: string, pageIds: readonly number[], signal: AbortSignal): Promise<void>
  /** Has pages rendered again and waits; returns why some could not be. May be repeated. */
  refresh(
    siteId: string,
    pageIds: readonly number[],
    progress: (done: number) => void,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<number, string>>
  /** Resolves when no page of these is to be checked again, because a refresh of it ran during its check. */
  settled(pageIds: readonly number[], waiting: (pageIds: readonly number[]) => void, signal: AbortSignal): Promise<void>
}

/**
 * ① for pages that a renderer keeps: those that are still old are rendered again. After a restart this is simply done
 * again for what is left. Pages whose refresh fails are held back by the decision that follows.
 */
export const refreshStep: Step = async (world, plan, change, signals) => {
  const signal = AbortSignal.any([signals.stopped, signals.cancelled])
  const pages = world.store.pages(plan.id)
  const waiting = pages.flatMap((page) => (page.decision === 'after-refresh' && page.pageId !== null ? [page.pageId] : []))
  change({ refresh: { state: 'running', message: `Refreshing ${pagesText(waiting.length)} at the renderer.` } })
  await world.renderer.look(plan.siteId, waiting, signal)
  const targets = await readTargets(world.db.query, world.classify, waiting, world.clock())
  const old = targets.filter(({ content }) => content === 'pending').map(({ pageId }) => pageId)
  const begun = waiting.length - old.length
  let told = 0
  const tell = (done: number) => {
    if (begun + done !== told) change({ refresh: { done: begun + done } })
    told = begun + done
  }
  const failures = old.length === 0 ? new Map<number, string>() : await world.renderer.refresh(plan.siteId, old, tell, signal)
  signal.throwIfAborted()
  const [reason] = failures.values()
  const others = plan.build.wanted || pages.some(({ decision }) => decision === 'purge')
  if (reason !== undefined && failures.size === waiting.length && !others) {
    throw new AppError('PROVIDER_REFUSED', `No page could be refreshed: ${reason}`, {
      fix: 'Nothing was purged. Look at the renderer, then make a new plan.',
    })
  }
  const failed = targets.filter(({ pageId }) => failures.has(pageId)).map(({ path }) => path)
  const problem = failed.length === 0 ? '' : ` ${pagesText(failed.length)} failed: ${someOf(failed)}.`
  return change({
    refresh: {
      state: 'done',
      done: waiting.length,
      message: `${pagesText(waiting.length - failed.length)} refreshed at the renderer.${problem}`,
    },
  })
}
