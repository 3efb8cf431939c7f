import type { BundlePart } from '#shared/upkeep.ts'
import type { Database } from '#main/platform/database.ts'
import { lastLogLines } from '#main/platform/log-lines.ts'
import { describeMachine } from '#main/platform/machine.ts'
import { createAddressRemover } from './addresses.ts'

const LOG_LINES = 2_000
const ZONES_SHOWN = 100

export interface BundleWorld {
  readonly db: Database
  readonly version: string
  readonly logFolder: string
  readonly facts: Readonly<Record<string, unknown>>
  /** Hosts beside those of the sites: proxies. */
  readonly hosts: readonly string[]
  readonly tables: readonly { readonly name: string; readonly rows: number; readonly bytes: number }[]
  /** Takes secrets out of a text. */
  readonly clean: (text: string) => string
}

/** The files of a diagnostics bundle. Every one has been cleaned of secrets, and of addresses where that is wished. */
export function makeParts(
  { db, version, logFolder, facts, hosts, tables, clean }: BundleWorld,
  withAddresses: boolean,
): BundlePart[] {
  const withoutAddresses = withAddresses ? (text: string) => text : createAddressRemover([...hosts, ...hostsOf(db)])
  const part = (name: string, says: string, text: string): BundlePart => {
    const safe = withoutAddresses(clean(text))
    return { name, says, text: safe, bytes: Buffer.byteLength(safe) }
  }
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
  const log = (name: string) => lastLogLines(logFolder, name, LOG_LINES).join('\n')
  return [
    part('about.json', 'Version, system and memory', json({ frostline: version, ...describeMachine() })),
    part('settings.json', 'Settings, without secrets', json(facts)),
    part('sites.json', withAddresses ? 'Sites with their addresses' : 'Sites, without addresses', json(sitesOf(db))),
    part('tables.json', 'Sizes of the tables of the database', json(tables)),
    part('core.log', `The newest ${LOG_LINES.toLocaleString('en')} lines of the log`, log('core')),
    part('shell.log', 'The same of the window or the browser’s server', log('shell')),
  ]
}

function sitesOf({ raw }: Database): unknown[] {
  const sites = raw
    .prepare<[], { id: string; name: string; settings: string; pages: number; problem: string | null }>(
      `SELECT id, name, settings_json AS settings, watch_problem AS problem,
              (SELECT count(*) FROM pages WHERE site_id = sites.id) AS pages FROM sites ORDER BY created_at`,
    )
    .all()
  const zones = raw.prepare<[string], string>(`SELECT url FROM zones WHERE site_id = ? ORDER BY id LIMIT ${ZONES_SHOWN}`).pluck()
  return sites.map(({ id, settings, ...site }) => ({
    ...site,
    zones: zones.all(id),
    settings: withoutPrivateParts(JSON.parse(settings)),
  }))
}

/** Stored settings hold no secrets, but headers and folders that are nobody's business. */
function withoutPrivateParts(settings: unknown): unknown {
  if (Array.isArray(settings)) return settings.map(withoutPrivateParts)
  if (typeof settings !== 'object' || settings === null) return settings
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      PRIVATE.test(name) && value !== null ? '(left out)' : withoutPrivateParts(value),
    ]),
  )
}

const PRIVATE = /secret|token|password|accessKey|hookUrl|headers|^body$|folder|command/i

/** Hosts of every site: its zones, and what its settings name with or without a scheme. */
function hostsOf({ raw }: Database): string[] {
  const zones = raw.prepare<[], string>('SELECT DISTINCT host FROM zones').pluck().all()
  const settings = raw.prepare<[], string>('SELECT settings_json FROM sites').pluck().all()
  return [...zones, ...settings.flatMap((json) => hostsIn(JSON.parse(json)))].flatMap(withAndWithoutPort)
}

function hostsIn(value: unknown, name = ''): string[] {
  if (typeof value === 'string') {
    const host = /^https?:\/\//i.test(value) ? URL.parse(value)?.host : HOST_FIELD.test(name) ? value : undefined
    return host === undefined || !ADDRESS.test(host) ? [] : [host]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => hostsIn(inner, key))
}

const HOST_FIELD = /host$/i
/** A name of one word is an address only with its port: as a bare word it stands in many lines. */
const ADDRESS = /[.:]/

function withAndWithoutPort(host: string): string[] {
  const name = host.replace(/:\d+$/, '')
  return ADDRESS.test(name) ? [host, name] : [host]
}
