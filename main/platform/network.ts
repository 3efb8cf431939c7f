import { isNeverProxied, goesWithout, readProxy, type ProxyServer } from './proxy-rules.ts'
import { bareHost } from './http-address.ts'

export type ProxySource = 'settings' | 'environment' | 'system' | 'none'

/** Which proxies lead out. Plain data: it crosses between threads. */
export interface ProxyPlan {
  readonly source: ProxySource
  /** For http: and https: addresses; null: none. Of the source `system` the system is asked for each address instead. */
  readonly http: ProxyServer | null
  readonly https: ProxyServer | null
  /** Hosts that go without, as in NO_PROXY. */
  readonly noProxy: string
}

export const NO_PROXIES: ProxyPlan = { source: 'none', http: null, https: null, noProxy: '' }

/** Answers as a proxy configuration script does: `PROXY a:3128; DIRECT`. */
export type AskSystem = (address: string) => Promise<string>

/** What may come at once, or later where somebody has to be asked. */
export type Route = ProxyServer | null | Promise<ProxyServer | null>

/** The one place that decides how an address is reached. */
export interface Network {
  /** The proxy on the way to an address; null for none. */
  routeTo(url: URL): Route
  /** Calls back when connections are to be made anew: other proxies, or other certificates, are in effect. */
  onChange(listener: () => void): void
  /** Told of each attempt: null when somebody answered, else why nobody did. */
  outcome(url: URL, failure: unknown): void
}

/** How long an answer of the system is good for: a laptop changes its network. */
const SYSTEM_MS = 60_000
const MOST_REMEMBERED = 1_000

/** Decides by a plan. `askSystem`: missing where no shell can ask. */
export function createRoutes(askSystem: AskSystem | null): {
  routeTo(url: URL): Route
  use(plan: ProxyPlan): void
} {
  let plan = NO_PROXIES
  const told = new Map<string, { readonly untilMs: number; readonly route: Promise<ProxyServer | null> }>()

  function ofSystem(ask: AskSystem, url: URL): Promise<ProxyServer | null> {
    const known = told.get(url.origin)
    const nowMs = performance.now()
    if (known && known.untilMs > nowMs) return known.route
    if (told.size > MOST_REMEMBERED) told.clear()
    const route = ask(`${url.origin}/`).then(readSystemAnswer, () => null)
    told.set(url.origin, { untilMs: nowMs + SYSTEM_MS, route })
    return route
  }

  return {
    use(next) {
      plan = next
      told.clear()
    },
    routeTo(url) {
      const nobody = plan.source === 'system' ? askSystem === null : plan.http === null && plan.https === null
      if (nobody || isNeverProxied(bareHost(url.hostname)) || goesWithout(plan.noProxy, url)) return null
      if (plan.source === 'system' && askSystem) return ofSystem(askSystem, url)
      return url.protocol === 'https:' ? plan.https : plan.http
    },
  }
}

/** The first way of a script's answer that is known here; SOCKS is not. */
export function readSystemAnswer(answer: string): ProxyServer | null {
  for (const way of answer.split(';')) {
    const [kind = '', address = ''] = way.trim().split(/\s+/, 2)
    if (/^direct$/i.test(kind)) return null
    const scheme = /^https$/i.test(kind) ? 'https' : /^(proxy|http)$/i.test(kind) ? 'http' : null
    const proxy = scheme === null ? null : readProxy(`${scheme}://${address}`)
    if (proxy) return proxy
  }
  return null
}

/** What the environment says: lower case goes before upper case, as everywhere. Null when it names no proxy. */
export function planOfEnvironment(env: Readonly<Record<string, string | undefined>>): ProxyPlan | null {
  const read = (...names: string[]): string =>
    names.flatMap((name) => [env[name], env[name.toUpperCase()]]).find((value) => value !== undefined && value !== '') ?? ''
  const http = readProxy(read('http_proxy', 'all_proxy'))
  const https = readProxy(read('https_proxy', 'all_proxy'))
  if (http === null && https === null) return null
  return { source: 'environment', http, https, noProxy: read('no_proxy') }
}

/** For what runs without settings: everything is reached directly. */
export const DIRECTLY: Network = { routeTo: () => null, onChange: () => undefined, outcome: () => undefined }
