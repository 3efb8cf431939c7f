import { AwsAccess } from '#shared/add-site.ts'
import { credentialsOf, formField, readSite, type FieldErrors, type SiteFormValues } from '../site-form-values.ts'
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

/** Whether a step has what the ones behind it need. */
export function isComplete(step: StepKey, draft: Draft): boolean {
  const { values, look } = draft
  switch (step) {
    case 'address':
      return look !== null || draft.unseen
    case 'seen':
      return values.name.trim() !== ''
    case 'access':
      return hasAccess(values) && Object.keys(accessErrors(values)).length === 0
    case 'zones':
      return values.addresses.trim() !== '' && (values.edgeKind !== 'cloudfront' || values.distributionId.trim() !== '')
    case 'pages':
      return draft.find !== 'list' || draft.list.trim() !== ''
    case 'check':
      return false
  }
}

/** Whether what lets Frostline in is there; what is optional may still be wrong. */
export function hasAccess(values: SiteFormValues): boolean {
  if (values.edgeKind === 'any-cache') return true
  if (values.edgeKind === 'varnish') return values.varnishAddresses.trim() !== '' && values.varnishSecret !== ''
  return AwsAccess.safeParse(accessOf(values)).success
}

/** What is wrong with what was entered in the step of the access, by field. */
export function accessErrors(values: SiteFormValues): FieldErrors {
  const read = readSite(values)
  return read.ok ? {} : Object.fromEntries(Object.entries(read.errors).filter(([field]) => stepOfEntry(field) === 'access'))
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
