import * as z from 'zod'
import type { AwsProfile } from '#shared/add-site.ts'
import { readTextFile } from '#main/platform/files.ts'
import { homeFolder, joinPath } from '#main/platform/folders.ts'
import type { CredentialPlaces } from '../edge-account.ts'

/** The values of each section, by its name. */
type Sections = ReadonlyMap<string, ReadonlyMap<string, string>>

/** Of a single sign-on: what the AWS command line keeps of it. The token in it is not read. */
const Cached = z.object({
  expiresAt: z.string(),
  registrationExpiresAt: z.string().optional(),
  refreshToken: z.unknown().optional(),
})

const SOURCES_AT_MOST = 5

/** The profiles of this machine's AWS files. Nothing is copied: a site keeps the name alone. */
export function createCredentialPlaces(clock: () => number, env = process.env): CredentialPlaces {
  const folder = () => joinPath(homeFolder(), '.aws')
  const read = (file: string) => readTextFile(file).catch(() => '')
  return {
    async profiles() {
      const [config, credentials] = await Promise.all([
        read(env['AWS_CONFIG_FILE'] || joinPath(folder(), 'config')),
        read(env['AWS_SHARED_CREDENTIALS_FILE'] || joinPath(folder(), 'credentials')),
      ])
      const sections = readSections(config)
      const all = profilesIn(sections, readSections(credentials))
      return await Promise.all(
        [...all].map(async ([name, values]): Promise<AwsProfile> => {
          const from = sourceOf(name, all)
          const signIn = from.values.has('sso_session') || from.values.has('sso_start_url')
          return {
            name,
            kind: kindOf(values, signIn),
            signIn: signIn
              ? await signInOf(from.name, from.values, (file) => read(joinPath(folder(), 'sso', 'cache', file)), clock())
              : null,
          }
        }),
      )
    },
    environment: () => ({
      keys: Boolean(env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']),
      profile: env['AWS_PROFILE'] || null,
    }),
  }
}

/** An AWS file is INI with `[profile NAME]`; indented lines belong to a value and matter to nobody here. */
function readSections(text: string): Sections {
  const sections = new Map<string, Map<string, string>>()
  let now: Map<string, string> | null = null
  for (const line of text.split(/\r?\n/)) {
    const [, section] = /^\s*\[\s*([^\]]+?)\s*\]/.exec(line) ?? []
    if (section !== undefined) {
      now = sections.get(section) ?? new Map()
      sections.set(section, now)
      continue
    }
    const [, key, value = ''] = /^([A-Za-z_][\w-]*)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (key !== undefined) now?.set(key.toLowerCase(), value)
  }
  return sections
}

/** `[default]` needs no word before it, and the file of credentials never has one. */
function profilesIn(config: Sections, credentials: Sections): Sections {
  const all = new Map<string, ReadonlyMap<string, string>>()
  const add = (name: string, values: ReadonlyMap<string, string>) => all.set(name, new Map([...(all.get(name) ?? []), ...values]))
  for (const [section, values] of config) {
    const [, name = section === 'default' ? section : null] = /^profile\s+["']?(.+?)["']?$/.exec(section) ?? []
    if (name !== null) add(name, values)
  }
  for (const [name, values] of credentials) add(name, values)
  return all
}

/** A role is taken on with another profile's sign-in. */
function sourceOf(name: string, all: Sections) {
  let at = name
  for (let step = 0; step < SOURCES_AT_MOST; step += 1) {
    const source = all.get(at)?.get('source_profile')
    if (source === undefined || source === at || !all.has(source)) break
    at = source
  }
  return { name: at, values: all.get(at) ?? new Map<string, string>() }
}

function kindOf(values: ReadonlyMap<string, string>, signIn: boolean): AwsProfile['kind'] {
  if (values.has('role_arn')) return 'role'
  if (signIn) return 'sso'
  if (values.has('aws_access_key_id')) return 'keys'
  return values.has('credential_process') ? 'program' : 'other'
}

/** The command line keeps each sign-in in a file that is named by the SHA-1 of its session's name, or of its address. */
async function signInOf(
  name: string,
  values: ReadonlyMap<string, string>,
  readCache: (file: string) => Promise<string>,
  nowMs: number,
): Promise<NonNullable<AwsProfile['signIn']>> {
  const command = `aws sso login${name === 'default' ? '' : ` --profile ${name}`}`
  const key = values.get('sso_session') ?? values.get('sso_start_url') ?? ''
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(key))
  const cached = parseCache(await readCache(`${Buffer.from(digest).toString('hex')}.json`))
  if (cached === null) return { state: 'missing', untilMs: null, command }
  const untilMs = Date.parse(cached.expiresAt)
  const renewsUntilMs = cached.refreshToken === undefined ? 0 : Date.parse(cached.registrationExpiresAt ?? '')
  return { state: untilMs > nowMs || renewsUntilMs > nowMs ? 'valid' : 'expired', untilMs, command }
}

function parseCache(text: string): z.infer<typeof Cached> | null {
  try {
    const parsed = Cached.safeParse(JSON.parse(text))
    return parsed.success && !Number.isNaN(Date.parse(parsed.data.expiresAt)) ? parsed.data : null
  } catch {
    return null
  }
}
