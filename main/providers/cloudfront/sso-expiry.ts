import * as z from 'zod'
import { readTextFile } from '#main/platform/files.ts'
import { homeFolder, joinPath, namesIn } from '#main/platform/folders.ts'

/** When a sign-in of AWS ends, and how it is made again. */
export interface SsoExpiry {
  readonly atMs: number
  readonly command: string
}

/** Nothing else is taken from a cached sign-in; above all not its token. */
const CachedSignIn = z.object({ startUrl: z.string(), expiresAt: z.string().transform((text) => Date.parse(text)) })

/** Of Windows, macOS and Linux alike. */
const awsFolder = () => joinPath(homeFolder(), '.aws')

/**
 * When the single sign-on of a profile ends; null when the profile has none, or nobody has signed in yet. Reads the
 * profile's settings and the end of the sign-in, and copies nothing.
 * Source: https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
 */
export async function ssoExpiry(profile: string, folder = awsFolder()): Promise<SsoExpiry | null> {
  const sections = readSections(await readTextFile(joinPath(folder, 'config')).catch(() => ''))
  const settings = sections.get(profile === 'default' ? 'default' : `profile ${profile}`)
  const session = settings?.get('sso_session')
  const startUrl = (session === undefined ? settings : sections.get(`sso-session ${session}`))?.get('sso_start_url')
  if (startUrl === undefined) return null
  const cache = joinPath(folder, 'sso', 'cache')
  const ends: number[] = []
  for (const name of (await namesIn(cache)).filter((file) => file.endsWith('.json'))) {
    const cached = CachedSignIn.safeParse(parseJson(await readTextFile(joinPath(cache, name)).catch(() => '')))
    if (cached.success && cached.data.startUrl === startUrl && Number.isFinite(cached.data.expiresAt))
      ends.push(cached.data.expiresAt)
  }
  return ends.length === 0 ? null : { atMs: Math.max(...ends), command: `aws sso login --profile ${profile}` }
}

/** `[section]`, then `name = value` lines; what is indented belongs to the line above and is not needed here. */
function readSections(text: string): Map<string, Map<string, string>> {
  const sections = new Map<string, Map<string, string>>()
  let section: Map<string, string> | undefined
  for (const line of text.split(/\r?\n/)) {
    const [, name] = /^\[\s*(.*?)\s*\]/.exec(line) ?? []
    if (name !== undefined) sections.set(name.replace(/\s+/g, ' '), (section = new Map<string, string>()))
    const [, key, value] = /^([^\s#;=[]+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (key !== undefined && value !== undefined) section?.set(key, value)
  }
  return sections
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
