import { releaseIdIn, type DistributionState, type DistributionStore } from '../distribution/distribution-store.ts'
import type { StateStore } from '../platform/state.ts'
import { isText } from '../platform/state.ts'
import type { Timers, Timings } from '../platform/timers.ts'
import { AwsError } from './aws-error.ts'
import type { ApiAnswer, ApiCall } from './control-api.ts'
import {
  callerReference,
  commonNodes,
  configNode,
  distributionArn,
  distributionNode,
  domainName,
  type DistributionFacts,
} from './distribution-xml.ts'
import type { InvalidationStore } from './invalidation-store.ts'
import { pageSize } from './page-size.ts'
import { parseXml, textsOf, valueAt, xmlDocument } from './xml.ts'

export interface DistributionsParts {
  readonly store: DistributionStore
  readonly state: StateStore
  readonly timers: Timers
  readonly timings: Timings
  readonly invalidationStore: InvalidationStore
  /** The demo's own distribution and, second, one without zones and tags. */
  readonly ids: readonly [own: string, empty: string]
  readonly aliases: readonly string[]
  readonly originPort: number
  readonly popNames: readonly string[]
  /** A release went live for the first time or again. */
  readonly onRelease: (releaseId: string) => void
}

/** The distributions: their configuration through the API, and the OriginPath as each PoP knows it. */
export class Distributions {
  readonly #parts: DistributionsParts
  /** Counts the changes of each distribution, so that a later one silences the timers of an earlier one. */
  readonly #changes = new Map<string, number>()
  /** Read for every request that reaches the origin. */
  readonly #popPaths = new Map<string, string>()

  constructor(parts: DistributionsParts) {
    this.#parts = parts
  }

  /** Adds what an empty database lacks. */
  ensure(): void {
    this.#popPaths.clear()
    for (const id of this.#parts.ids) this.#parts.store.ensure(id)
  }

  /** @throws AwsError NoSuchDistribution. */
  state(id: string): DistributionState {
    const state = this.#parts.store.find(id)
    if (state === null) throw new AwsError(404, 'NoSuchDistribution', 'The specified distribution does not exist.')
    return state
  }

  liveReleaseId(): string | null {
    return releaseIdIn(this.#parts.store.find(this.#parts.ids[0])?.originPath ?? '')
  }

  originPathAt(pop: string): string {
    const known = this.#popPaths.get(pop) ?? this.#parts.state.read(`originPath ${pop}`, isText) ?? ''
    this.#popPaths.set(pop, known)
    return known
  }

  /** Switches the origin and every PoP at once, as the site's own build service does. */
  publish(releaseId: string): void {
    const originPath = `/releases/${releaseId}`
    this.#countChange(this.#parts.ids[0])
    this.#parts.store.setOriginPath(this.#parts.ids[0], originPath, 'Deployed')
    for (const pop of this.#parts.popNames) this.#switchPop(pop, originPath)
    this.#parts.onRelease(releaseId)
  }

  /** After a restart: a change that was on its way has arrived. */
  resume(): void {
    for (const id of this.#parts.ids) {
      const state = this.#parts.store.find(id)
      if (state?.status !== 'InProgress') continue
      if (id === this.#parts.ids[0]) for (const pop of this.#parts.popNames) this.#switchPop(pop, state.originPath)
      this.#parts.store.setDeployed(id)
    }
  }

  /** ListDistributions, GetDistribution, GetDistributionConfig and UpdateDistribution; null for any other call. */
  answer(call: ApiCall): ApiAnswer | null {
    const [, id, part] = call.segments
    if (id === undefined) return call.method === 'GET' ? this.#list(call) : null
    const facts = this.#facts(this.state(id))
    if (part === undefined && call.method === 'GET') {
      return { status: 200, headers: { etag: facts.state.etag }, xml: xmlDocument('Distribution', distributionNode(facts)) }
    }
    if (part !== 'config') return null
    if (call.method === 'GET') {
      return { status: 200, headers: { etag: facts.state.etag }, xml: xmlDocument('DistributionConfig', configNode(facts)) }
    }
    return call.method === 'PUT' ? this.#update(call, facts.state) : null
  }

  #update(call: ApiCall, state: DistributionState): ApiAnswer {
    if (call.ifMatch === undefined)
      throw new AwsError(400, 'InvalidIfMatchVersion', 'The If-Match version is missing or not valid for the resource.')
    if (!/^E[A-Z0-9]+$/.test(call.ifMatch))
      throw new AwsError(400, 'InvalidIfMatchVersion', 'The If-Match version is missing or not valid for the resource.')
    if (call.ifMatch !== state.etag)
      throw new AwsError(
        412,
        'PreconditionFailed',
        'The precondition given in one or more of the request-header fields evaluated to false.',
      )
    const config = valueAt(parseXml(call.body), 'DistributionConfig')
    const [reference] = textsOf(valueAt(config, 'CallerReference'))
    if (reference !== callerReference(state))
      throw new AwsError(400, 'IllegalUpdate', 'The update contains modifications that are not allowed.')
    const [originPath = ''] = textsOf(valueAt(config, 'Origins', 'Items', 'Origin', 'OriginPath'))
    if (originPath !== '' && !/^\/[\w./-]*[\w.-]$/.test(originPath))
      throw new AwsError(400, 'InvalidArgument', 'The parameter OriginPath is not valid.')
    this.#parts.store.setOriginPath(state.id, originPath, 'InProgress')
    this.#rollOut(state.id, originPath)
    const facts = this.#facts(this.state(state.id))
    return { status: 200, headers: { etag: facts.state.etag }, xml: xmlDocument('Distribution', distributionNode(facts)) }
  }

  #rollOut(id: string, originPath: string): void {
    const change = this.#countChange(id)
    const { timers, timings, popNames, ids, onRelease } = this.#parts
    const later = (delayMs: number, action: () => void): void =>
      timers.after(delayMs, () => {
        if (change === this.#changes.get(id)) action()
      })
    if (id === ids[0]) {
      const releaseId = releaseIdIn(originPath)
      if (releaseId !== null) onRelease(releaseId)
      for (const [place, pop] of popNames.entries()) {
        const slot = (timings.deployMs * 0.9) / popNames.length
        later(slot * (place + 0.2 + Math.random() * 0.7), () => this.#switchPop(pop, originPath))
      }
    }
    later(timings.deployMs, () => this.#parts.store.setDeployed(id))
  }

  #countChange(id: string): number {
    const change = (this.#changes.get(id) ?? 0) + 1
    this.#changes.set(id, change)
    return change
  }

  #switchPop(pop: string, originPath: string): void {
    this.#popPaths.set(pop, originPath)
    this.#parts.state.write(`originPath ${pop}`, originPath)
  }

  #facts(state: DistributionState): DistributionFacts {
    const isOwn = state.id === this.#parts.ids[0]
    return {
      state,
      aliases: isOwn ? this.#parts.aliases : [],
      originPort: this.#parts.originPort,
      comment: isOwn ? 'Lollies' : 'Nothing yet',
      hasTags: isOwn,
      invalidationsInProgress: this.#parts.invalidationStore.inProgress().filter((one) => one.distributionId === state.id).length,
    }
  }

  #list(call: ApiCall): ApiAnswer {
    const limit = pageSize(call.query)
    const marker = call.query.get('Marker') ?? ''
    const all = this.#parts.ids.map((id) => this.#facts(this.state(id)))
    const rest = all.slice(all.findIndex(({ state }) => state.id === marker) + 1)
    const page = rest.slice(0, limit)
    const isTruncated = rest.length > page.length
    const summaries = page.map((facts) => ({
      Id: facts.state.id,
      ARN: distributionArn(facts.state),
      ETag: facts.state.etag,
      Status: facts.state.status,
      LastModifiedTime: facts.state.modifiedOn,
      DomainName: domainName(facts.state),
      ...commonNodes(facts),
    }))
    return {
      status: 200,
      xml: xmlDocument('DistributionList', {
        Marker: marker,
        NextMarker: isTruncated ? page.at(-1)?.state.id : undefined,
        MaxItems: limit,
        IsTruncated: isTruncated,
        Quantity: page.length,
        Items: page.length === 0 ? undefined : { DistributionSummary: summaries },
      }),
    }
  }
}
