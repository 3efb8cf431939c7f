import * as z from 'zod'
import { AppError } from '#shared/errors.ts'
import { EXPORT_VERSION, ExportedSite } from '#shared/settings-file.ts'
import { SITE_SECRETS, SiteSecret } from '#shared/site-settings.ts'
import { whatBelongs } from './what-belongs.ts'
import { typedSecret } from './kept-secrets.ts'

const Head = z.object({
  frostline: z.literal('site settings'),
  version: z.number().int().min(1),
  sites: z.array(z.unknown()).max(10_000),
})

export interface Problem {
  readonly field: string
  readonly reason: string
}

/** A site of a file, or why it cannot be read. */
export type ReadSite =
  | { readonly ok: true; readonly site: ExportedSite }
  | { readonly ok: false; readonly name: string; readonly problems: readonly Problem[] }

const PROBLEMS_TOLD = 10

/** Reads a file of settings, site by site. Throws `BAD_INPUT` when it is none, or of a newer Frostline. */
export function readSettingsFile(text: string): ReadSite[] {
  const head = Head.safeParse(parseJson(text))
  if (!head.success) throw headRefusal(head.error.issues[0]?.path.join('.') ?? '', text)
  if (head.data.version > EXPORT_VERSION)
    throw new AppError(
      'BAD_INPUT',
      `This file was written by a newer Frostline: it has version ${head.data.version}, and this one reads up to version ${EXPORT_VERSION}.`,
      { field: 'version', fix: 'Update Frostline, then import it again.' },
    )
  const seen = new Set<string>()
  return head.data.sites.map((entry) => {
    const read = readSite(entry)
    if (!read.ok || !seen.has(read.site.id)) {
      if (read.ok) seen.add(read.site.id)
      return read
    }
    return refused(entry, [{ field: 'id', reason: 'The same site stands in this file twice.' }])
  })
}

/** A file that says what it is and cannot be read is damaged; everything else is no such file. */
function headRefusal(field: string, text: string): AppError {
  if (field === 'frostline' || !text.includes('"frostline"'))
    return new AppError('BAD_INPUT', 'This is not a file of site settings.', { field: 'text', fix: CHOOSE })
  const where = field === '' ? 'it is cut off or was changed, and is no whole JSON any more' : `${field} is not what it should be`
  return new AppError('BAD_INPUT', `This file of settings is damaged: ${where}.`, { field: field || 'text', fix: CHOOSE })
}

const CHOOSE = 'Choose a file that was made with Export settings.'

function readSite(entry: unknown): ReadSite {
  const read = ExportedSite.safeParse(entry)
  if (!read.success) {
    const problems = read.error.issues
      .slice(0, PROBLEMS_TOLD)
      .map((issue) => ({ field: issue.path.join('.'), reason: reasonOf(issue) }))
    return refused(entry, problems)
  }
  const typed = SITE_SECRETS.filter((secret) => typeof typedSecret(secret, read.data.settings) === 'string')
  if (typed.length === 0) return { ok: true, site: read.data }
  return refused(
    entry,
    typed.map((secret) => ({ field: `settings, ${FIELDS[secret]}`, reason: NO_SECRETS })),
  )
}

/** Fields have sentences of their own for what people enter; a file can also be of another shape. */
function reasonOf({ code, message, path }: z.core.$ZodIssue): string {
  if (code !== 'invalid_type' && code !== 'invalid_union' && !/^(Invalid |Too )/.test(message)) return message
  const belongs = whatBelongs(path)
  if (message.endsWith('received undefined')) return `It is missing${belongs === null ? '.' : `: ${belongs} belongs here.`}`
  return belongs === null ? 'It is not what a file of settings has here.' : `It has to be ${belongs}.`
}

const NO_SECRETS = 'A file of settings may hold no secret. Remove it from the file, and enter it here after the import.'
const FIELDS: Record<SiteSecret, string> = {
  edge: 'edge',
  hook: 'builder.hookUrl',
  builder: 'builder',
  build: 'builder.environment',
  renderer: 'renderer.url',
  objects: 'objects.credentials',
}

/** What cannot be read as a site may still have a name to call it by. */
function refused(entry: unknown, problems: readonly Problem[]): ReadSite {
  const named = z.object({ settings: z.object({ name: z.string().max(80) }) }).safeParse(entry)
  return { ok: false, name: named.success ? named.data.settings.name : 'A site without a name', problems }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
