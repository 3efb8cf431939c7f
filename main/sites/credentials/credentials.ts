import { AppError } from '#shared/errors.ts'
import type { Credential } from '#shared/credentials.ts'
import { SITE_SECRETS, type EditedSite, type SiteSecret } from '#shared/site-settings.ts'
import type { Finding } from '#shared/sites.ts'
import type { ActivityFacts } from '#shared/activity.ts'
import type { Changes } from '#main/platform/changes.ts'
import type { Secrets } from '#main/platform/secrets.ts'
import type { SiteChanges } from '../change-site.ts'
import { withSecret } from './entered-secret.ts'
import { awsName, listCredentials, siteSecretOf, type ListWorld } from './credential-list.ts'
import type { Uses } from './uses.ts'

export interface CredentialsWorld extends Omit<ListWorld, 'hasSecret'> {
  readonly secrets: Secrets
  readonly siteChanges: SiteChanges
  readonly uses: Uses
  readonly changes: Changes
  /** Has the connections of a site made anew. */
  reopen(siteId: string): void
  note(siteId: string | null, by: string, text: string, facts: ActivityFacts): void
}

/** What the panel stores of credentials, tried, entered anew, removed; never told. */
export interface Credentials {
  list(): Promise<Credential[]>
  test(name: string): Promise<Finding[]>
  rotate(
    name: string,
    values: Readonly<Record<string, string>>,
    despite: boolean,
    by: string,
  ): Promise<{ saved: boolean; findings: Finding[] }>
  remove(name: string, by: string): Promise<void>
}

export function createCredentials(world: CredentialsWorld): Credentials {
  const { siteChanges, secrets } = world
  const list = () => listCredentials({ ...world, hasSecret: async (name) => (await secrets.get(name)) !== null })

  async function need(name: string): Promise<Credential> {
    const found = (await list()).find((one) => one.name === name)
    if (found) return found
    throw new AppError('NOT_FOUND', 'This credential is not stored any more.', { field: 'name', fix: 'Load the list again.' })
  }

  function siteOf(name: string): { siteId: string; secret: SiteSecret } {
    const found = siteSecretOf(name, SITE_SECRETS)
    if (found) return found
    throw new AppError('BAD_INPUT', 'This credential is not stored here, so it cannot be changed here.', { field: 'name' })
  }

  /** Tries the parts of a site that use it. */
  async function tried(siteId: string, uses: (settings: EditedSite) => readonly Part[]): Promise<Finding[]> {
    const { settings } = await siteChanges.read(siteId)
    return siteChanges.tryParts(siteId, uses(settings))
  }

  return {
    list,
    async test(name) {
      const credential = await need(name)
      const stored = siteSecretOf(name, SITE_SECRETS)
      const found = await Promise.all(
        credential.sites.map(({ id }) =>
          tried(id, (settings) => (stored === null ? awsParts(settings, name) : [PART_OF[stored.secret]])),
        ),
      )
      const findings = found.flat()
      const failed = findings.find(({ ok }) => !ok)
      if (findings.length > 0) world.uses.tell(name, failed ? 'refused' : 'ok', failed?.message ?? '')
      world.changes.tell('sites')
      return findings
    },
    async rotate(name, values, despite, by) {
      const { siteId, secret } = siteOf(name)
      const { settings } = await siteChanges.read(siteId)
      const { saved, findings } = await siteChanges.change(siteId, withSecret(settings, secret, values), despite, by)
      return { saved, findings }
    },
    async remove(name, by) {
      const { siteId } = siteOf(name)
      const { what } = await need(name)
      const { held } = await siteChanges.read(siteId)
      if (held !== null) throw new AppError('CONFLICT', `It is in use. ${held}`, { retryable: true })
      await secrets.remove(name)
      world.reopen(siteId)
      world.note(siteId, by, `Removed a credential: ${what}`, { kind: 'site', result: 'done' })
      world.changes.tell('sites')
    },
  }
}

export type Part = 'edge' | 'builder' | 'renderer' | 'objects'
const PART_OF: Record<SiteSecret, Part> = {
  edge: 'edge',
  hook: 'builder',
  builder: 'builder',
  build: 'builder',
  renderer: 'renderer',
  objects: 'objects',
}

function awsParts({ edge, objects }: EditedSite, name: string): Part[] {
  const uses = (credentials: { readonly kind: string; readonly profile?: string } | undefined): boolean =>
    credentials !== undefined &&
    (credentials.kind === 'default'
      ? name === 'aws:default'
      : credentials.kind === 'profile' && name === awsName({ kind: 'profile', profile: credentials.profile ?? '' }))
  return [
    ...(uses(edge.kind === 'cloudfront' ? edge.credentials : undefined) ? (['edge'] as const) : []),
    ...(uses(objects?.credentials) ? (['objects'] as const) : []),
  ]
}
