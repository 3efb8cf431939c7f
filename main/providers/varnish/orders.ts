import { AppError } from '#shared/errors.ts'
import type { ItemCheck } from '../edge.ts'

/** One request to a Varnish, as `docs/providers/varnish.vcl` takes it. */
export interface Order {
  /** The item that it is for. */
  readonly item: string
  readonly method: 'PURGE' | 'BAN'
  /** Null for a tag, which Varnish keeps apart from hosts: the address of the instance stands in for it. */
  readonly host: string | null
  /** The URL, or for a ban the beginning of it. */
  readonly url: string
  readonly tag: string | null
}

/** Characters that an item has encoded, and that browsers leave as they are in an address. */
const LEFT_BY_BROWSERS = /%(?:5B|5D|5E|7C|7E)/g

/**
 * What has to be asked of a Varnish for items such as `/path`, `/prefix*` and `#tag`. A host is a part of each copy's key,
 * so paths and prefixes are asked for once a host. Throws `BAD_INPUT` that names the item by its place.
 */
export function ordersFor(items: readonly string[], hosts: readonly string[], checkItem: (text: string) => ItemCheck): Order[] {
  const checked = items.map((text, index) => {
    const check = checkItem(text)
    if (!check.ok) throw new AppError('BAD_INPUT', check.reason, { field: `items.${index}` })
    return check.item
  })
  return [...new Set(checked)].flatMap((item): Order[] => {
    if (item.startsWith('#')) return [{ item, method: 'PURGE', host: null, url: '/', tag: item.slice(1) }]
    const prefix = item.endsWith('*')
    const method = prefix ? 'BAN' : 'PURGE'
    const urls = spellings(prefix ? item.slice(0, -1) : item)
    return hosts.flatMap((host) => urls.map((url): Order => ({ item, method, host, url, tag: null })))
  })
}

/** Varnish compares URLs as they were sent: `/~ada` and `/%7Eada` are two copies of it. */
function spellings(url: string): string[] {
  return [...new Set([url, url.replace(LEFT_BY_BROWSERS, (encoded) => decodeURIComponent(encoded))])]
}
