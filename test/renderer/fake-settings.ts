import type { Credential } from '#shared/credentials.ts'
import type { ImportedSite, SettingsFile } from '#shared/settings-file.ts'
import type { CurrentSettings, RemovalPreview, RemovedSite } from '#shared/site-settings.ts'

const HOUR_MS = 3_600_000

export const makeSettings = (): CurrentSettings => ({
  name: 'Lollies',
  settings: {
    name: 'Lollies',
    zones: [{ url: 'https://lollies.localhost' }, { url: 'https://gifts.localhost' }],
    originUrl: 'http://127.0.0.1:4000',
    edge: { kind: 'cloudfront', distributionId: 'E2QWRUHAPOMQZL', region: 'us-east-1', credentials: { kind: 'keys' } },
    builder: { kind: 'hook', host: 'builds.localhost', listUrl: 'http://builds.localhost/builds', method: 'POST', headers: [] },
    renderer: { kind: 'ssr-cache', host: 'ssr.localhost' },
    volatileSelectors: [],
    watchSeconds: 300,
    links: [],
    firstCheckPages: 200,
  },
  secrets: [
    {
      secret: 'edge',
      what: 'the access keys of distribution E2QWRUHAPOMQZL',
      field: 'edge.credentials',
      stored: true,
      needed: true,
    },
    { secret: 'hook', what: 'the address of the build hook', field: 'builder.hookUrl', stored: true, needed: true },
    { secret: 'renderer', what: 'the address of the renderer', field: 'renderer.url', stored: false, needed: true },
  ],
  zones: [
    { host: 'lollies.localhost', pages: 380 },
    { host: 'gifts.localhost', pages: 20 },
  ],
  held: null,
})

export const makeRemoval = (): RemovalPreview => ({
  pages: 400,
  plans: 12,
  builds: 30,
  schedules: 1,
  sources: 2,
  rules: 3,
  ledgerEntries: 40,
  waiting: 1,
  held: null,
  keptDays: 30,
})

export const makeRemoved = (): RemovedSite[] => [
  {
    id: 's0',
    name: 'Old shop',
    zones: 3,
    pages: 1_204,
    removedAtMs: Date.now() - 26 * HOUR_MS,
    removedBy: 'Ada',
    untilMs: Date.now() + 29 * 24 * HOUR_MS,
    builtIn: false,
  },
]

export const makeFile = (): SettingsFile => ({
  frostline: 'site settings',
  version: 2,
  exportedAt: '2026-11-21T10:00:00.000Z',
  sites: [],
})

export const makeImported = (): ImportedSite[] => [
  {
    index: 0,
    name: 'Shop',
    verdict: 'add',
    changes: ['3 zones, edge cloudfront'],
    problems: [],
    needs: ['the access keys of the bucket pages'],
    siteId: null,
  },
  { index: 1, name: 'Lollies', verdict: 'change', changes: ['name Lollies → Sweets'], problems: [], needs: [], siteId: 's1' },
  {
    index: 2,
    name: 'Broken',
    verdict: 'refused',
    changes: [],
    problems: [{ field: 'settings.zones.0.url', reason: 'Not a web address.' }],
    needs: [],
    siteId: null,
  },
]

const base = {
  sites: [{ id: 's1', name: 'Lollies' }],
  keptIn: 'key file (mode 0600): /home/ada/.frostline/secrets.json',
  lacking: false,
  addedAtMs: Date.now() - 90 * 24 * HOUR_MS,
  changedAtMs: Date.now() - 3 * 24 * HOUR_MS,
  usedAtMs: Date.now() - 40_000,
  result: 'ok' as const,
  message: null,
  expiry: null,
  canTest: true,
  canRemove: true,
}

export const makeCredentials = (): Credential[] => [
  {
    ...base,
    name: 'site:s1:edge',
    kind: 'stored',
    what: 'Access keys of distribution E2QWRUHAPOMQZL',
    acts: [
      { act: 'Purge', allowed: true, atMs: Date.now() - HOUR_MS, note: '' },
      {
        act: 'Read all purges of the account',
        allowed: false,
        atMs: Date.now() - HOUR_MS,
        note: 'cloudfront:ListInvalidations is not allowed.',
      },
    ],
    withoutIt: 'The edge cannot be read or purged from here.',
    rotate: [
      { name: 'accessKeyId', label: 'Access key id', hidden: false, long: false },
      { name: 'secretAccessKey', label: 'Secret access key', hidden: true, long: false },
    ],
  },
  {
    ...base,
    name: 'aws:profile:work',
    kind: 'aws',
    what: 'AWS profile work',
    keptIn: 'AWS’s own files and environment: read, not copied',
    addedAtMs: null,
    changedAtMs: null,
    result: 'refused',
    message: 'The sign-in has expired.',
    acts: [],
    expiry: { atMs: Date.now() - HOUR_MS, command: 'aws sso login --profile work' },
    withoutIt: 'Purges and checks of these sites.',
    canRemove: false,
    rotate: [],
  },
]
