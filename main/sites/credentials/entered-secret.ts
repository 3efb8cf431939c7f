import { AppError } from '#shared/errors.ts'
import { EditedSite, type SiteSecret } from '#shared/site-settings.ts'

type Values = Readonly<Record<string, string>>

/** The settings of a site with one secret that was typed. Throws `BAD_INPUT` for one that cannot be taken. */
export function withSecret(settings: EditedSite, secret: SiteSecret, values: Values): EditedSite {
  const entered = EditedSite.safeParse(placed(settings, secret, values))
  if (entered.success) return entered.data
  throw new AppError('BAD_INPUT', entered.error.issues[0]?.message ?? 'This cannot be a value of it.', { field: 'value' })
}

function placed(settings: EditedSite, secret: SiteSecret, { value = '', accessKeyId = '', secretAccessKey = '' }: Values) {
  const { edge, builder, renderer, objects } = settings
  const keys = { kind: 'keys', accessKeyId, secretAccessKey }
  switch (secret) {
    case 'edge':
      return { ...settings, edge: edge.kind === 'cloudfront' ? { ...edge, credentials: keys } : { ...edge, secret: value } }
    case 'objects':
      return { ...settings, objects: { ...objects, credentials: keys } }
    case 'renderer':
      return { ...settings, renderer: { ...renderer, url: value } }
    case 'hook':
      return { ...settings, builder: { ...builder, hookUrl: value } }
    case 'build':
      return { ...settings, builder: { ...builder, environment: variablesOf(value) } }
    case 'builder':
      return builder?.kind === 'hook'
        ? { ...settings, builder: { ...builder, secretHeader: { ...builder.secretHeader, value } } }
        : { ...settings, builder: { ...builder, token: value } }
  }
}

/** `NAME=value`, one a line. */
function variablesOf(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...rest] = line.split('=')
      return [name.trim(), rest.join('=').trim()]
    }),
  )
}
