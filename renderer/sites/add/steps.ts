import { AwsAccess } from '#shared/add-site.ts'
import { countOf } from '#renderer/ui/format.ts'
import { credentialsOf, formField, linesOf, readSite, type FieldErrors, type SiteFormValues } from '../site-form-values.ts'
import type { Draft } from './draft.ts'

export const STEPS = [
  { key: 'address', title: 'Address' },
  { key: 'seen', title: 'What answers' },
  { key: 'access', title: 'Access' },
  { key: 'zones', title: 'Distribution and zones' },
  { key: 'pages', title: 'How pages are found' },
  { key: 'check', title: 'First check' },
] as const
export type StepKey = (typeof STEPS)[number]['key']

export const titleOf = (step: StepKey) => STEPS.find(({ key }) => key === step)?.title ?? ''

/** What of a step the ones behind it need and do not have yet, as what to do; null when it has everything. */
export function lackingIn(step: StepKey, draft: Draft): string | null {
  const { values, look } = draft
  switch (step) {
    case 'address':
      return look !== null || draft.unseen ? null : 'Enter the address of the site.'
    case 'seen':
      return values.name.trim() === '' ? 'Give the site a name.' : null
    case 'access':
      return accessLacks(values) ?? (Object.keys(accessErrors(values)).length === 0 ? null : 'Correct what is marked.')
    case 'zones':
      if (values.edgeKind === 'cloudfront' && values.distributionId.trim() === '')
        return 'Choose the distribution or enter its id.'
      return values.addresses.trim() === '' ? 'Add at least one zone.' : null
    case 'pages':
      return draft.find === 'list' && draft.list.trim() === '' ? 'Paste the list of pages.' : null
    case 'check':
      return 'Add the site.'
  }
}

/** What is missing to let Frostline in, as what to do; what is optional may still be wrong. */
export function accessLacks(values: SiteFormValues): string | null {
  if (values.edgeKind === 'any-cache') return null
  if (values.edgeKind === 'varnish') {
    if (values.varnishAddresses.trim() === '') return 'Enter the address of Varnish.'
    return values.varnishSecret === '' ? 'Enter the secret of Varnish.' : null
  }
  if (values.credentials === 'keys' && values.accessKeyId.trim() === '') return 'Enter the access key id.'
  if (values.credentials === 'keys' && values.secretAccessKey.trim() === '') return 'Enter the secret access key.'
  const read = AwsAccess.safeParse(accessOf(values))
  return read.success ? null : `${read.error.issues[0]?.message.replace(/\.$/, '') ?? 'Correct the access'}.`
}

/** What is wrong with what was entered in the step of the access, by field. */
export function accessErrors(values: SiteFormValues): FieldErrors {
  const read = readSite(values)
  return read.ok ? {} : Object.fromEntries(Object.entries(read.errors).filter(([field]) => stepOfEntry(field) === 'access'))
}

/** Whether a step has what the ones behind it need. */
export const isComplete = (step: StepKey, draft: Draft): boolean => lackingIn(step, draft) === null

/** Pages that are checked first at most; fewer than were asked for where the sitemaps of the only zone are known to name fewer. */
export function checkedFirst({ look, find, firstCheckPages, values }: Draft): number {
  const [, second] = linesOf(values.addresses)
  const counted = find === 'sitemaps' && second === undefined && look !== null && !look.pages.more ? look.pages.addresses : 0
  return counted > 0 ? Math.min(counted, firstCheckPages) : firstCheckPages
}

/** What the first check does, and what that costs the origin. */
export function checkedWords(draft: Draft): string {
  const checked = checkedFirst(draft)
  const zones = linesOf(draft.values.addresses).length
  const of = zones > 1 ? ` of all ${countOf(zones, 'zone')} together` : ''
  const which = checked === 1 ? `1 page${of} is` : `The first ${countOf(checked, 'page')}${of} are`
  return `${which} checked, which makes your origin render at most ${countOf(checked, 'page')}.`
}

/** How far a person may go: to the first step that lacks something. */
export function furthestStep(draft: Draft): number {
  const open = STEPS.findIndex(({ key }) => !isComplete(key, draft))
  return open === -1 ? STEPS.length - 1 : open
}

/** Whether a step was looked at and lacks nothing. */
export function isDone(step: StepKey, draft: Draft, visited: ReadonlySet<StepKey>): boolean {
  return visited.has(step) && STEPS.findIndex(({ key }) => key === step) < furthestStep(draft)
}

/** How the account is reached, as the core takes it. */
export function accessOf(values: SiteFormValues) {
  const endpoint = values.endpoint.trim()
  return { ...(endpoint === '' ? {} : { endpoint }), credentials: credentialsOf(values) }
}

const IN_ZONES: readonly string[] = ['addresses', 'distributionId']

/** The step in which a field of the core's input was entered. */
export function stepOfField(path: string): StepKey {
  const field = formField(path)
  return field === null ? 'check' : stepOfEntry(field)
}

/** The step in which a field of the form is filled in. */
export function stepOfEntry(field: string): StepKey {
  if (field === 'name') return 'seen'
  return IN_ZONES.includes(field) ? 'zones' : 'access'
}
