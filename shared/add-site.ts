import * as z from 'zod'
import { own } from './calls.ts'
import { CredentialsInput, DistributionId, SiteInput } from './sites.ts'

/** The address of a site as a person writes it: https where no scheme is named. Null for what a browser could not open. */
export function siteAddress(text: string): URL | null {
  const typed = text.trim()
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`)
  return url !== null && /^https?:$/.test(url.protocol) && /[^.]/.test(url.hostname) ? url : null
}

/** What answers for a site, as its headers show it. */
export const CDN_KINDS = ['cloudfront', 'netlify', 'vercel', 'cloudflare', 'fastly', 'akamai', 'varnish', 'nginx'] as const
export type CdnKind = (typeof CDN_KINDS)[number]

/** Something that was recognised, with what it was recognised by. */
const Recognised = { name: z.string(), evidence: z.array(z.string()) }
export const SeenEdge = z.object({ kind: z.enum(CDN_KINDS), ...Recognised })
export type SeenEdge = z.infer<typeof SeenEdge>
export const SeenGenerator = z.object(Recognised)
export type SeenGenerator = z.infer<typeof SeenGenerator>

/** What happened, and what to do. */
const Remark = z.object({ message: z.string(), fix: z.string() })
export type Remark = z.infer<typeof Remark>

export const SeenPages = z.object({
  robots: z.boolean(),
  /** The sitemap files that were read. */
  files: z.array(z.string()),
  addresses: z.number(),
  /** There are more: it stopped at a limit. */
  more: z.boolean(),
})
export type SeenPages = z.infer<typeof SeenPages>

/** What the front page of a site tells about what is behind it. */
export const SiteLook = z.object({
  /** What was asked first, with its scheme. */
  asked: z.string(),
  /** Where the answer came from, after redirects: the address of the zone. */
  url: z.string(),
  status: z.number(),
  /** Of the page, for a name; null when there is none. */
  title: z.string().nullable(),
  /** The one that visitors reach first. Empty: no sign of any. */
  edges: z.array(SeenEdge),
  generator: SeenGenerator.nullable(),
  /** How the page names what it depends on: `ssr-cache` elements, a header. */
  tagsBy: z.array(z.string()),
  pages: SeenPages,
  /** What is wrong with the answer. */
  problems: z.array(Remark),
  /** What could not be told, and what that means. */
  unknown: z.array(z.string()),
  /** The sites of this panel that have this address already. */
  known: z.array(z.object({ siteId: z.string(), name: z.string() })),
})
export type SiteLook = z.infer<typeof SiteLook>

/** A profile of the AWS command line, by its name. Nothing secret of it is read out. */
export const AwsProfile = z.object({
  name: z.string(),
  kind: z.enum(['sso', 'keys', 'role', 'program', 'other']),
  /** Of single sign-on; null for other kinds. */
  signIn: z
    .object({ state: z.enum(['valid', 'expired', 'missing']), untilMs: z.number().nullable(), command: z.string() })
    .nullable(),
})
export type AwsProfile = z.infer<typeof AwsProfile>

/** How an account is reached. */
export const AwsAccess = z.object({
  credentials: CredentialsInput,
  endpoint: SiteInput.shape.originUrl,
  region: z.string().trim().min(1).default('us-east-1'),
})
export type AwsAccess = z.infer<typeof AwsAccess>

export const ListedDistribution = z.object({
  id: z.string(),
  arn: z.string(),
  domainName: z.string(),
  aliases: z.array(z.string()),
  comment: z.string(),
  enabled: z.boolean(),
  /** `bucket.s3.eu-central-1.amazonaws.com`, each with its path. */
  origins: z.array(z.string()),
})
export type ListedDistribution = z.infer<typeof ListedDistribution>

/** What the credentials are wanted for, beside looking and purging. */
export const Wants = z.object({
  /** Pointing the distribution at another release. */
  rollBack: z.boolean().default(false),
  /** Counting what others send with the account. */
  countOthers: z.boolean().default(true),
})
export type Wants = z.infer<typeof Wants>

/** One IAM action: whether these credentials may do it. */
export const TriedPermission = z.object({
  action: z.string(),
  state: z.enum(['allowed', 'missing', 'not-tried', 'failed']),
  message: z.string(),
  fix: z.string().nullable(),
  /** The account has no such distribution, so that the other calls say nothing of what is allowed on the right one. */
  wrongId: z.boolean().optional(),
})
export type TriedPermission = z.infer<typeof TriedPermission>

export const addSite = {
  /**
   * Asks the front page, robots.txt and the sitemaps of an address. A private address is refused under the field
   * `privateToo` until that is said.
   */
  look: own
    .input(
      z.object({
        address: z.string().trim().min(1, 'Enter the address of the site').max(2_000),
        privateToo: z.boolean().default(false),
      }),
    )
    .output(SiteLook),
  /** Where credentials of AWS lie on the machine that runs Frostline. */
  credentials: own.output(
    z.object({
      profiles: z.array(AwsProfile),
      /** The environment of Frostline has keys, or names a profile. */
      environment: z.object({ keys: z.boolean(), profile: z.string().nullable() }),
    }),
  ),
  /** The distributions of an account. `best`: the id of the one that serves one of the hosts. */
  distributions: own
    .input(z.object({ access: AwsAccess, hosts: z.array(z.string()).max(10_000) }))
    .output(z.object({ distributions: z.array(ListedDistribution), complete: z.boolean(), best: z.string().nullable() })),
  /** Tries every call that is wanted, as far as that changes nothing. */
  tryPermissions: own
    .input(z.object({ access: AwsAccess, distributionId: DistributionId, wants: Wants }))
    .output(z.object({ permissions: z.array(TriedPermission) })),
}
