import { implement } from '@orpc/server'
import { contract } from '#shared/contract.ts'
import type { NetworkTrial, NetworkView } from '#shared/network.ts'
import type { DataView, RescueNote } from '#shared/upkeep.ts'

const DAY = 86_400_000

export const NETWORK: NetworkView = {
  settings: {
    mode: 'manual',
    proxy: 'proxy.example.com:3128',
    noProxy: 'intranet.example.com, 10.0.0.0/8',
    signInName: 'ada',
    hasPassword: true,
    caFile: '/etc/ssl/certs/company.pem',
  },
  inEffect: {
    source: 'settings',
    http: { address: 'proxy.example.com:3128', signsIn: true },
    https: { address: 'proxy.example.com:3128', signsIn: true },
    noProxy: 'intranet.example.com, 10.0.0.0/8',
  },
  caFiles: [{ file: '/etc/ssl/certs/company.pem', from: 'settings', certificates: 2, problem: null }],
  asksSystem: false,
}

export const TRIAL: NetworkTrial = {
  ok: false,
  proxy: 'proxy.example.com:3128',
  sentence: 'The proxy proxy.example.com:3128 wants a name and a password, so cloudfront.amazonaws.com was not reached.',
  fix: 'Enter them in Settings → Network.',
  issuer: null,
  tookMs: 41,
}

export function makeDataView(): DataView {
  return {
    dataFolder: '/home/ada/.local/share/Frostline',
    logFolder: '/home/ada/.local/state/Frostline',
    opensFolders: true,
    vault: 'GNOME keyring',
    schemaVersion: 31,
    databaseBytes: 48_300_000,
    tables: ['pages', 'page_tags', 'ledger', 'purges', 'log'].map((name, index) => ({
      name,
      rows: 100_000 / (index + 1),
      bytes: 20_000_000 / (index + 1),
    })),
    backups: [1, 2, 3].map((days) => ({
      name: `frostline-2026-11-${20 - days}T081500Z.db`,
      atMs: Date.now() - days * DAY,
      bytes: 47_000_000,
      why: 'daily' as const,
    })),
  }
}

export function makeBundle(withAddresses: boolean) {
  const text = withAddresses ? '{"host":"lollies.localhost"}' : '{"host":"host-1"}'
  const parts = ['about.json', 'settings.json', 'sites.json', 'tables.json', 'core.log', 'shell.log'].map((name) => ({
    name,
    says: 'What is in it',
    bytes: text.length,
    text,
  }))
  return { fileName: 'frostline-diagnostics-2026-11-21.zip', parts, zipBase64: 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==' }
}

export const RESCUE: RescueNote = {
  atMs: Date.now(),
  damage: 'database disk image is malformed',
  movedTo: '/home/ada/.local/share/Frostline/frostline-broken-2026-11-21T081500Z.db',
  backup: { file: 'frostline-2026-11-20T081500Z.db', atMs: Date.now() - DAY },
  salvaged: [{ table: 'ledger', read: 412, added: 18, incomplete: true }],
}

/** How the network is reached and how the data folder is kept, as far as the panel asks for it. */
export function makeUpkeep(state: {
  offline: { sinceMs: number; proxy: string | null } | null
  rescue: RescueNote | null
  damage: { sinceMs: number } | null
}) {
  const os = implement(contract)
  return {
    network: {
      get: os.network.get.handler(() => NETWORK),
      save: os.network.save.handler(({ input: { password, ...settings } }) => ({
        ...NETWORK,
        settings: { ...settings, hasPassword: password !== null },
      })),
      test: os.network.test.handler(() => TRIAL),
      offline: os.network.offline.handler(() => state.offline),
    },
    upkeep: {
      get: os.upkeep.get.handler(() => makeDataView()),
      rescue: os.upkeep.rescue.handler(() => state.rescue),
      damage: os.upkeep.damage.handler(() => state.damage),
      forgetRescue: os.upkeep.forgetRescue.handler(() => {
        state.rescue = null
        return null
      }),
      backUp: os.upkeep.backUp.handler(() => makeDataView()),
      openLogs: os.upkeep.openLogs.handler(() => null),
      log: os.upkeep.log.handler(() => ({ text: '{"level":30,"msg":"a line"}' })),
      bundle: os.upkeep.bundle.handler(({ input }) => makeBundle(input.withAddresses)),
    },
  }
}
