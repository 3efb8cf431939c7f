import type { RotateField } from '#shared/credentials.ts'
import type { SiteSecret } from '#shared/site-settings.ts'

/** What stops working when it is removed. */
export const WITHOUT_IT: Record<SiteSecret, string> = {
  edge: 'The edge cannot be read or purged from here. Pages are still checked, as any visitor could.',
  hook: 'No build can be started from here.',
  builder: 'Builds cannot be started, followed or published from here.',
  build: 'Builds run without their variables, and may fail or lack content.',
  renderer: 'Entries of the renderer cannot be read, marked as expired or refreshed.',
  objects: 'Copies cannot be compared with the bucket, and nothing can be published to it.',
}

const hidden = (name: string, label: string): RotateField => ({ name, label, hidden: true, long: false })

/** What is asked for when it is entered anew; `keys` where it is a pair of keys. */
export const ROTATE_FIELDS: Record<SiteSecret | 'keys', RotateField[]> = {
  keys: [
    { name: 'accessKeyId', label: 'Access key id', hidden: false, long: false },
    hidden('secretAccessKey', 'Secret access key'),
  ],
  edge: [hidden('value', 'Secret')],
  hook: [hidden('value', 'Build hook address')],
  builder: [hidden('value', 'Token, or value of the header')],
  build: [{ name: 'value', label: 'Variables, NAME=value, one a line', hidden: false, long: true }],
  renderer: [hidden('value', 'Renderer address')],
  objects: [hidden('value', 'Secret')],
}
