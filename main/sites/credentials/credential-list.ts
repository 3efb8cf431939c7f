import type { Credential, CredentialExpiry } from '#shared/credentials.ts'
import type { SecretState, SiteSecret } from '#shared/site-settings.ts'
import type { Database } from '#main/platform/database.ts'
import { secretPlaces } from '../kept-secrets.ts'
import { secretNames, SiteSettings } from '../store.ts'
import { ROTATE_FIELDS, WITHOUT_IT } from './credential-words.ts'

export interface ListWorld {
  readonly db: Database
  /** How values are protected, and in which file. */
  keptIn(): Promise<string>
  hasSecret(name: string): Promise<boolean>
  expiryOf(profile: string): Promise<CredentialExpiry | null>
}

/** A credential that a site uses, before what is known of its uses is added. */
interface Use {
  readonly name: string
  readonly kind: Credential['kind']
  readonly what: string
  readonly site: { readonly id: string; readonly name: string }
  readonly place: Omit<SecretState, 'stored'> | null
}

interface Row {
  added_at: number | null
  changed_at: number | null
  used_at: number | null
  result: Credential['result']
  message: string | null
}

/** Under which name it is known what AWS credentials that are only read are used for. */
export const awsName = (credentials: { readonly kind: 'default' } | { readonly kind: 'profile'; readonly profile: string }) =>
  credentials.kind === 'default' ? 'aws:default' : `aws:profile:${credentials.profile}`

const profileOf = (name: string): string => (name === 'aws:default' ? 'default' : name.slice('aws:profile:'.length))

/** Every credential that is stored, and every one that is only read; never a value. */
export async function listCredentials(world: ListWorld): Promise<Credential[]> {
  const uses = [...usesOfSites(world.db), ...usesOfSources(world.db)]
  const byName = Map.groupBy(uses, ({ name }) => name)
  const keptIn = await world.keptIn()
  const all = await Promise.all([...byName.values()].map((of) => toCredential(world, of, keptIn)))
  // An optional secret that was never entered is no credential.
  return all.filter((one): one is Credential => one !== null)
}

async function toCredential(world: ListWorld, uses: readonly Use[], keptIn: string): Promise<Credential | null> {
  const [first] = uses
  if (!first) return null
  const { name, kind, what, place } = first
  const stored = kind === 'aws' || (await world.hasSecret(name))
  if (!stored && place?.needed === false) return null
  const { raw } = world.db
  const row = raw.prepare<[string], Row>('SELECT * FROM credentials WHERE name = ?').get(name)
  const acts = raw
    .prepare<[string], { act: string; allowed: number; at: number; note: string }>(
      'SELECT act, allowed, at, note FROM credential_acts WHERE name = ? ORDER BY act',
    )
    .all(name)
  return {
    name,
    kind,
    what,
    sites: uses.map(({ site }) => site),
    keptIn: kind === 'aws' ? 'AWS’s own files and environment: read, not copied' : keptIn,
    lacking: !stored,
    addedAtMs: row?.added_at ?? null,
    changedAtMs: row?.changed_at ?? null,
    usedAtMs: row?.used_at ?? null,
    // Of one that is not entered, what was tried without it says nothing.
    result: stored ? (row?.result ?? null) : null,
    message: stored ? (row?.message ?? null) : null,
    acts: (stored ? acts : []).map(({ act, allowed, at, note }) => ({ act, allowed: allowed === 1, atMs: at, note })),
    expiry: kind === 'aws' ? await world.expiryOf(profileOf(name)) : null,
    withoutIt:
      kind === 'source' ? 'Its deliveries are refused.' : place ? WITHOUT_IT[place.secret] : 'Purges and checks of these sites.',
    canTest: kind !== 'source' && stored,
    canRemove: kind === 'stored' && stored,
    rotate: place === null ? [] : ROTATE_FIELDS[fieldsOf(place)],
  }
}

function fieldsOf(place: Omit<SecretState, 'stored'>): keyof typeof ROTATE_FIELDS {
  return place.field.includes('redentials') ? 'keys' : place.secret
}

function usesOfSites(db: Database): Use[] {
  const rows = db.raw
    .prepare<[], { id: string; name: string; settings_json: string }>(
      'SELECT id, name, settings_json FROM sites WHERE removed_at IS NULL ORDER BY created_at, id',
    )
    .all()
  return rows.flatMap(({ id, name, settings_json }) => {
    const settings = SiteSettings.parse(JSON.parse(settings_json))
    const site = { id, name }
    const names = secretNames(id)
    const stored = secretPlaces(settings).map((place): Use => {
      return { name: names[place.secret], kind: 'stored', what: capital(place.what.replace(/^(the|a) /, '')), site, place }
    })
    const read = [settings.edge.kind === 'cloudfront' ? settings.edge.credentials : null, settings.objects?.credentials ?? null]
    const aws = new Set(read.flatMap((one) => (one === null || one.kind === 'keys' ? [] : [awsName(one)])))
    return [
      ...stored,
      ...[...aws].map((awsOne): Use => ({ name: awsOne, kind: 'aws', what: awsWords(awsOne), site, place: null })),
    ]
  })
}

function usesOfSources(db: Database): Use[] {
  const rows = db.raw
    .prepare<[], { id: string; name: string; site_id: string; site: string }>(
      `SELECT hook_sources.id, hook_sources.name, site_id, sites.name AS site FROM hook_sources
       JOIN sites ON sites.id = site_id WHERE removed_at IS NULL ORDER BY hook_sources.created_at, hook_sources.id`,
    )
    .all()
  return rows.map(({ id, name, site_id, site }) => ({
    name: `hook:${id}:secret`,
    kind: 'source',
    what: `Address and secret of the source ${name}`,
    site: { id: site_id, name: site },
    place: null,
  }))
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const awsWords = (name: string) =>
  name === 'aws:default' ? 'AWS credentials of this computer' : `AWS profile ${profileOf(name)}`

/** Which secret of which site a name of the vault is; null for every other name. */
export function siteSecretOf(name: string, secrets: readonly SiteSecret[]): { siteId: string; secret: SiteSecret } | null {
  const [, siteId, last] = /^site:([^:]+):([a-z]+)$/.exec(name) ?? []
  const secret = secrets.find((one) => one === last)
  return siteId === undefined || secret === undefined ? null : { siteId, secret }
}
