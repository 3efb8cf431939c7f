import type { BuildStore } from '../builder/build-store.ts'
import type { ReleaseStore } from '../builder/release-store.ts'
import { checkLolly } from '../content/check-lolly.ts'
import type { ContentStore } from '../content/content-store.ts'
import type { ControlApi } from '../control/control-api.ts'
import type { Distributions } from '../control/distributions.ts'
import type { InvalidationStore } from '../control/invalidation-store.ts'
import type { Pop } from '../edge/pop.ts'
import type { PostLolly } from '../origin/functions.ts'
import type { RequestCounts } from '../origin/request-counts.ts'
import type { DemoClock } from '../platform/clock.ts'
import type { Zone } from '../platform/zones.ts'
import type { SsrArea } from '../ssr/assemble-ssr.ts'
import { ControlProblem, optionalNumber, text, type Action } from './action.ts'
import { ssrActions } from './ssr-actions.ts'

export interface ControlsParts {
  readonly clock: DemoClock
  readonly content: ContentStore
  readonly counts: RequestCounts
  readonly pops: readonly Pop[]
  readonly distributions: Distributions
  readonly invalidationStore: InvalidationStore
  readonly buildStore: BuildStore
  readonly releases: ReleaseStore
  readonly controlApi: ControlApi
  readonly zones: readonly Zone[]
  readonly postLolly: PostLolly
  readonly ssr: SsrArea
  readonly origin: { readonly running: () => boolean; readonly setRunning: (running: boolean) => Promise<void> }
  readonly setBuildSeconds: (seconds: number) => void
  readonly reset: () => Promise<void>
}

/** The POSTs of the demo controls by path. */
export function controlActions(parts: ControlsParts): ReadonlyMap<string, Action> {
  const menu: Action = (body) => {
    const label = text(body, 'label', 40)
    parts.content.renameListsEntry(label)
    return {
      sentence: `The main menu now says “${label}”; built pages show it after the next build, rendered ones after a refresh.`,
    }
  }
  const lollies: Action = (body) => {
    const sent = (name: string): string => (typeof body[name] === 'string' ? body[name] : '')
    const fields = new Map(['to', 'message', 'from', 'flavour'].map((name) => [name, sent(name)]))
    const checked = checkLolly(fields, parts.content.lists())
    if ('problem' in checked) throw new ControlProblem(checked.problem)
    const lolly = parts.postLolly(checked.lolly)
    return {
      sentence: `${lolly.name} is at /lolly/${lolly.id}; a build follows within 40 seconds.`,
      id: lolly.id,
      path: `/lolly/${lolly.id}`,
      url: `${parts.zones[0]?.url ?? ''}/lolly/${lolly.id}`,
    }
  }
  const lists: Action = (body) => {
    const slug = text(body, 'slug', 60)
    if (!parts.content.setListIntro(slug, text(body, 'intro', 500))) throw new ControlProblem(`There is no list “${slug}”.`)
    return { sentence: `The list “${slug}” has a new text; its page shows it after the next build.` }
  }
  const about: Action = (body) => {
    parts.content.setAboutText(text(body, 'text', 1_000))
    return { sentence: 'The about page has a new text; it shows after the next build.' }
  }
  const origin: Action = async (body) => {
    if (typeof body['running'] !== 'boolean') throw new ControlProblem('running must be true or false.')
    await parts.origin.setRunning(body['running'])
    return { sentence: body['running'] ? 'The origin runs.' : 'The origin is stopped; the edge answers with what it holds.' }
  }
  const clock: Action = (body) => {
    const factor = optionalNumber(body, 'factor', 0, 10_000)
    const advanceSeconds = optionalNumber(body, 'advanceSeconds', 0, 10 * 365 * 86_400)
    parts.clock.change({ factor, advanceSeconds })
    return {
      sentence: `It is ${new Date(parts.clock.nowMs()).toUTCString()} in the demo, and time runs ${String(parts.clock.factor)} times as fast.`,
      now: parts.clock.nowIso(),
    }
  }
  const throttle: Action = (body) => {
    const calls = optionalNumber(body, 'calls', 0, 1_000) ?? 1
    parts.controlApi.throttle(calls)
    return { sentence: `The next ${String(calls)} calls of the control API are throttled.` }
  }
  const buildPace: Action = (body) => {
    const seconds = optionalNumber(body, 'seconds', 0, 600) ?? 0
    parts.setBuildSeconds(seconds)
    return { sentence: `Builds spread the writing of their pages over ${String(seconds)} seconds.` }
  }
  const resetRequests: Action = () => {
    parts.counts.reset()
    return { sentence: 'The origin’s requests are counted from zero.', cursor: parts.counts.cursor }
  }
  const reset: Action = async () => {
    await parts.reset()
    return { sentence: 'The demo is as after its first start.' }
  }
  return new Map<string, Action>([
    ['/api/menu', menu],
    ['/api/lollies', lollies],
    ['/api/lists', lists],
    ['/api/about', about],
    ['/api/origin', origin],
    ['/api/clock', clock],
    ['/api/throttle', throttle],
    ['/api/build-pace', buildPace],
    ['/api/origin-requests/reset', resetRequests],
    ['/api/reset', reset],
    ...ssrActions(parts.ssr),
  ])
}
