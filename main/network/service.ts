import { AppError } from '#shared/errors.ts'
import type { NetworkInput, NetworkTrial, NetworkView } from '#shared/network.ts'
import { readCertificates } from '#main/platform/certificates.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Clock } from '#main/platform/clock.ts'
import type { Database } from '#main/platform/database.ts'
import { parseHttpUrl } from '#main/platform/http-url.ts'
import { NO_PROXIES, planOfEnvironment, type ProxyPlan } from '#main/platform/network.ts'
import { createNetworkHub, type NetworkHub } from '#main/platform/network-hub.ts'
import { basicAuthorization, proxyName, readProxy, type ProxyServer } from '#main/platform/proxy-rules.ts'
import { createReachability, type Offline } from '#main/platform/reachability.ts'
import type { Secrets } from '#main/platform/secrets.ts'
import type { Shell } from '#main/platform/shell-port.ts'
import { tryConnection } from '#main/platform/try-connection.ts'
import { PROXY_PASSWORD, readNetworkSettings, writeNetworkSettings, type NetworkSettings } from './settings.ts'

type Environment = Readonly<Record<string, string | undefined>>
type CaFiles = NetworkView['caFiles']

export interface NetworkService {
  readonly hub: NetworkHub
  view(): Promise<NetworkView>
  /** Takes effect at once. Throws `BAD_INPUT` for what cannot be used. */
  save(input: NetworkInput): Promise<NetworkView>
  test(address: string): Promise<NetworkTrial>
  offline(): Offline | null
  /** Called when the network is back. */
  onBack(listener: () => void): void
  close(): void
}

/** How the world is reached. Puts the stored settings into effect before it returns. */
export async function createNetworkService(has: {
  readonly db: Database
  readonly secrets: Secrets
  readonly changes: Changes
  readonly clock: Clock
  readonly shell: Shell
  readonly environment: Environment
}): Promise<NetworkService> {
  const { db, secrets, changes, shell, environment } = has
  const back: (() => void)[] = []
  const reach = createReachability(has.clock, (offline) => {
    changes.tell('network')
    if (offline === null) for (const listener of back) listener()
  })
  const hub = createNetworkHub(shell.askSystem, reach.hear)
  let plan: ProxyPlan = NO_PROXIES
  let caFiles: CaFiles = []

  async function apply(settings: NetworkSettings): Promise<void> {
    plan = await planOf(settings)
    const found = authorities(settings, environment)
    caFiles = found.map(({ pem, ...file }) => ({ ...file, certificates: pem.length }))
    hub.use(
      plan,
      found.flatMap(({ pem }) => pem),
    )
  }

  async function planOf({ mode, proxy, noProxy, signInName }: NetworkSettings): Promise<ProxyPlan> {
    if (mode === 'none') return NO_PROXIES
    if (mode === 'automatic') {
      const found =
        planOfEnvironment(environment) ?? (shell.askSystem ? { ...NO_PROXIES, source: 'system' as const } : NO_PROXIES)
      return { ...found, noProxy: [found.noProxy, noProxy].filter(Boolean).join(',') }
    }
    const server = readProxy(proxy)
    if (server === null) return NO_PROXIES
    const password = (await secrets.get(PROXY_PASSWORD)) ?? ''
    const signsIn = signInName === '' ? null : basicAuthorization(signInName, password)
    const proxies: ProxyServer = { ...server, authorization: signsIn }
    return { source: 'settings', http: proxies, https: proxies, noProxy }
  }

  async function view(): Promise<NetworkView> {
    const settings = readNetworkSettings(db)
    return {
      settings: { ...settings, hasPassword: (await secrets.get(PROXY_PASSWORD)) !== null },
      inEffect: { source: plan.source, http: shown(plan.http), https: shown(plan.https), noProxy: plan.noProxy },
      caFiles,
      asksSystem: shell.askSystem !== null,
    }
  }

  await apply(readNetworkSettings(db))
  return {
    hub,
    view,
    async save({ password, ...settings }) {
      checkProxy(settings)
      if (settings.caFile !== '') readCertificates(settings.caFile)
      if (password === '' || settings.signInName === '') await secrets.remove(PROXY_PASSWORD)
      else if (password !== null) await secrets.set(PROXY_PASSWORD, password)
      writeNetworkSettings(db, settings)
      await apply(settings)
      changes.tell('network')
      return view()
    },
    test: async (address) => tryConnection(hub, hostAddress(address)),
    offline: reach.offline,
    onBack: (listener) => void back.push(listener),
    close: reach.close,
  }
}

const shown = (proxy: ProxyServer | null) =>
  proxy === null
    ? null
    : { address: `${proxy.secure ? 'https://' : ''}${proxyName(proxy)}`, signsIn: proxy.authorization !== null }

function checkProxy({ mode, proxy }: NetworkSettings): void {
  if (mode !== 'manual') return
  const server = readProxy(proxy)
  if (server === null) {
    throw new AppError('BAD_INPUT', 'This is no address of an HTTP proxy.', {
      field: 'proxy',
      fix: 'Write it as proxy.example.com:3128. SOCKS proxies are not spoken to.',
    })
  }
  if (server.authorization !== null) {
    throw new AppError('BAD_INPUT', 'The address holds a name and a password, which would be kept in clear.', {
      field: 'proxy',
      fix: 'Leave out what stands before the @, and enter them in their own fields.',
    })
  }
}

/** The CA files of the settings and of NODE_EXTRA_CA_CERTS, which a packaged program does not read by itself. */
function authorities({ caFile }: NetworkSettings, environment: Environment) {
  const named = [
    { file: caFile, from: 'settings' as const },
    { file: environment['NODE_EXTRA_CA_CERTS'] ?? '', from: 'environment' as const },
  ]
  return named
    .filter(({ file }) => file !== '')
    .map(({ file, from }) => {
      try {
        return { file, from, pem: readCertificates(file), problem: null }
      } catch (error) {
        return { file, from, pem: [], problem: error instanceof Error ? error.message : 'It cannot be read.' }
      }
    })
}

/** A host's name is enough. Throws `BAD_INPUT`. */
function hostAddress(text: string): URL {
  if (text.includes('://')) return parseHttpUrl(text)
  const url = URL.parse(`https://${text}`)
  if (url !== null) return parseHttpUrl(url)
  throw new AppError('BAD_INPUT', 'This is not the name of a host.', {
    field: 'address',
    fix: 'Write it as in a browser, such as cloudfront.amazonaws.com, with :8443 behind it for another port.',
  })
}
