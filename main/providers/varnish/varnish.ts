import { AppError } from '#shared/errors.ts'
import type { Distribution, Edge, ItemCheck, PurgeReceipt, Tariff } from '../edge.ts'
import { createInstance, type Instance, type InstanceOptions } from './instance.ts'
import { ordersFor } from './orders.ts'

export interface VarnishOptions extends Omit<InstanceOptions, 'address'> {
  /** One for each instance: every one keeps copies of its own. */
  readonly addresses: readonly string[]
  /** Of every zone of the site, with their ports. */
  readonly hosts: readonly string[]
  checkItem(text: string): ItemCheck
}

export const VARNISH_TARIFF: Tariff = { vendor: 'Varnish', unit: 'purge', freePerMonth: null, priceMicroDollars: 0 }

/** Ours, not Varnish's: an item may be a request for each host and instance, and one purge should end within a minute. */
const ITEMS_PER_REQUEST = 1_000
/** Requests under way at each instance. */
const CONCURRENCY = 8
/** Tags of a page, each with a comma, fit into one header line. Source: varnishd(1), `http_resp_hdr_len`, default 8k. */
const TAGS_PER_PAGE = 4_096
const GAP =
  'How long Varnish keeps pages is decided in its VCL, which cannot be read from here: lifetimes are as the headers claim.'
const LIMITS_SOURCE = 'https://varnish-cache.org/docs/7.1/reference/varnishd.html#list-of-parameters'

/**
 * Varnish with `docs/providers/varnish.vcl`. Every instance is told everything; repeating a purge changes nothing more.
 * A purge is complete when it has been answered. Throws what `Edge` names.
 */
export function createVarnish({ addresses, hosts, checkItem, ...options }: VarnishOptions): Edge {
  const instances = addresses.map((address) => createInstance({ ...options, address }))

  return {
    async describe(signal): Promise<Distribution> {
      const all = await everyone(instances, 'can be read', signal, (instance) => instance.abilities(signal))
      const can = (what: string) => all.every((abilities) => abilities.includes(what))
      return {
        id: `Varnish at ${instances.map(({ name }) => name).join(', ')}`,
        aliases: [...hosts],
        capabilities: {
          purgesPaths: can('paths'),
          purgesPrefixes: can('prefixes'),
          purgesTags: can('tags'),
          tagHeader: can('tags') ? 'xkey' : null,
          tagsPerPage: can('tags') ? TAGS_PER_PAGE : 0,
          ...(can('tags') ? {} : { noTagsBecause: 'its VCL has no xkey' }),
          itemsPerRequest: ITEMS_PER_REQUEST,
          soft: options.soft,
          tariff: VARNISH_TARIFF,
          limitsSource: LIMITS_SOURCE,
        },
        behaviours: [{ pattern: '*', policy: null }],
        gaps: [GAP],
      }
    },

    async purge(items, reference, signal): Promise<PurgeReceipt> {
      if (items.length === 0) throw new AppError('BAD_INPUT', 'There is nothing to purge.', { field: 'items' })
      if (items.length > ITEMS_PER_REQUEST) {
        throw new AppError('BAD_INPUT', `One purge may have ${ITEMS_PER_REQUEST} items and this one has ${items.length}.`, {
          field: 'items',
          fix: 'Purge in smaller parts, or use a prefix or a tag.',
        })
      }
      const orders = ordersFor(items, hosts, checkItem)
      const gone = new Map<string, number | null>()
      await everyone(instances, 'were purged', signal, (instance) =>
        inLanes(orders, async (order) => {
          const objects = await instance.obey(order, signal)
          gone.set(order.item, objects === null ? null : (gone.get(order.item) ?? 0) + objects)
        }),
      )
      const createdAtMs = Date.now()
      return {
        remoteId: `varnish-${createdAtMs}-${reference}`,
        state: 'completed',
        createdAtMs,
        gone: [...gone].map(([item, objects]) => ({ item, objects })),
      }
    },

    // Varnish keeps no list of purges: what was answered is over.
    async purgeStatus(remoteId) {
      const [, createdAt] = /^varnish-(\d{13})-/.exec(remoteId) ?? []
      if (createdAt !== undefined) return { remoteId, state: 'completed', createdAtMs: Number(createdAt) }
      throw new AppError('NOT_FOUND', 'This is no purge of Varnish.', { retryable: false })
    },

    close() {},
  }
}

/** Asks every instance. When some fail, all the others have been asked all the same, and the failure names each. */
async function everyone<T>(
  instances: readonly Instance[],
  what: string,
  signal: AbortSignal | undefined,
  ask: (instance: Instance) => Promise<T>,
): Promise<T[]> {
  const results = await Promise.allSettled(instances.map(ask))
  signal?.throwIfAborted()
  const failures = results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []))
  const known = failures.filter((failure) => failure instanceof AppError)
  const worst = known.find(({ details }) => details.retryable !== true) ?? known[0]
  if (worst === undefined || known.length < failures.length || instances.length === 1) {
    if (failures.length > 0) throw failures.find((failure) => !(failure instanceof AppError)) ?? worst
    return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  }
  const fine = instances.length - known.length
  const sentence = `${fine} of ${instances.length} instances of Varnish ${what}. ${known.map(({ message }) => message).join(' ')}`
  const fix = [worst.details.fix, 'Repeating it is harmless where it worked.'].filter(Boolean).join(' ')
  throw new AppError(worst.code, sentence, { ...worst.details, fix }, worst)
}

/** Works a list off, some at a time, and stops at the first failure. */
async function inLanes<T>(list: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const waiting = list.values()
  let failed = false
  const lane = async () => {
    for (const one of waiting) {
      if (failed) return
      await work(one).catch((error: unknown) => {
        failed = true
        throw error
      })
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, lane))
}
