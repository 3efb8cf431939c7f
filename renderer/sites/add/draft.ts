import * as z from 'zod'
import { ListedDistribution, siteAddress, SiteLook } from '#shared/add-site.ts'
import { EMPTY_SITE, type SiteFormValues } from '../site-form-values.ts'

/** A site that is being added, as far as it is known. */
export interface Draft {
  readonly address: string
  readonly privateToo: boolean
  readonly look: SiteLook | null
  /** Nothing answered, and the person goes on all the same. */
  readonly unseen: boolean
  readonly values: SiteFormValues
  /** Of the account that was reached last; null before that. */
  readonly distributions: readonly ListedDistribution[] | null
  readonly rollBack: boolean
  readonly countOthers: boolean
  readonly find: 'sitemaps' | 'crawl' | 'list'
  readonly list: string
  readonly firstCheckPages: number
}

export const EMPTY_DRAFT: Draft = {
  address: '',
  privateToo: false,
  look: null,
  unseen: false,
  values: EMPTY_SITE,
  distributions: null,
  rollBack: true,
  countOthers: true,
  find: 'sitemaps',
  list: '',
  firstCheckPages: 200,
}

/** What stays in this window's memory alone. */
const SECRETS = [
  'secretAccessKey',
  'varnishSecret',
  'hookUrl',
  'hookSecret',
  'netlifyToken',
  'rendererUrl',
  'buildEnvironment',
] as const satisfies readonly (keyof SiteFormValues)[]

const Stored = z.object({
  address: z.string(),
  privateToo: z.boolean(),
  look: SiteLook.nullable(),
  unseen: z.boolean().default(false),
  values: z.record(z.string(), z.string()),
  distributions: z.array(ListedDistribution).nullable(),
  rollBack: z.boolean(),
  countOthers: z.boolean(),
  find: z.enum(['sitemaps', 'crawl', 'list']),
  list: z.string(),
  firstCheckPages: z.number(),
})

/** The draft as text, for a reload of the window. Secrets are left out and have to be entered again. */
export function draftText(draft: Draft): string {
  const values = { ...draft.values, ...Object.fromEntries(SECRETS.map((name) => [name, ''])) }
  return JSON.stringify({ ...draft, values })
}

/** The draft of a text; the empty one for anything else. */
export function readDraft(text: string | null): Draft {
  if (text === null) return EMPTY_DRAFT
  try {
    const { values, ...stored } = Stored.parse(JSON.parse(text))
    const known = Object.entries(values).filter(([name]) => name in EMPTY_SITE)
    // Each field was written by `draftText` from a value of the same type.
    return { ...stored, values: { ...EMPTY_SITE, ...(Object.fromEntries(known) as Partial<SiteFormValues>) } }
  } catch {
    return EMPTY_DRAFT
  }
}

/** What was seen, as if it had been entered. What a person entered before stays, unless it was about another address. */
export function withLook(draft: Draft, look: SiteLook): Draft {
  if (draft.look?.url === look.url) return { ...draft, look, unseen: false }
  const kinds = look.edges.map(({ kind }) => kind)
  const edgeKind = kinds.includes('cloudfront') ? 'cloudfront' : kinds.includes('varnish') ? 'varnish' : 'any-cache'
  const values: SiteFormValues = {
    ...draft.values,
    name: look.title ?? new URL(look.url).hostname,
    addresses: look.url,
    edgeKind,
    varnishAddresses: edgeKind === 'varnish' ? look.url : '',
    distributionId: '',
  }
  const find = look.pages.addresses > 0 ? 'sitemaps' : 'crawl'
  return { ...draft, look, unseen: false, values, distributions: null, find }
}

/** A site that does not answer yet: what its address alone tells. Null when no site could have it. */
export function withoutLook(draft: Draft): Draft | null {
  const url = siteAddress(draft.address)
  if (url === null || url.username !== '' || url.password !== '') return null
  const values = { ...draft.values, name: url.hostname, addresses: url.origin, distributionId: '' }
  return { ...draft, look: null, unseen: true, values, distributions: null, find: 'sitemaps' }
}
