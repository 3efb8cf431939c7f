import * as z from 'zod'
import { own, read } from './calls.ts'
import { LocalBuilderInput } from './local-project.ts'

const HttpUrl = z
  .string()
  .trim()
  .min(1, 'Enter an address such as https://www.example.com')
  .refine((text) => /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text), {
    error: 'Not a web address. It must begin with http:// or https://, for example https://www.example.com',
  })
  // Addresses are stored and shown in clear.
  .refine((text) => !URL.parse(text)?.username && !URL.parse(text)?.password, {
    error: 'An address may not hold a name and a password. Leave out the part before the @',
  })

export const CredentialsInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('default') }),
  z.object({ kind: z.literal('profile'), profile: z.string().trim().min(1, 'Name the profile, as in ~/.aws/config') }),
  z.object({
    kind: z.literal('keys'),
    accessKeyId: z.string().trim().min(1, 'Enter the access key id'),
    secretAccessKey: z.string().trim().min(1, 'Enter the secret access key'),
  }),
])
export type CredentialsInput = z.infer<typeof CredentialsInput>

/** A distribution id as CloudFront writes it. */
export const DistributionId = z
  .string()
  .trim()
  .regex(/^E[0-9A-Z]{6,20}$/, {
    error: 'A distribution id begins with E and has capital letters and digits, such as E2QWRUHAPOMQZL',
  })

const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]{1,100}$/
const HEADER_VALUE = /^[\x20-\x7e]{1,2000}$/
const OwnHeader = z.object({
  name: z
    .string()
    .trim()
    .regex(HEADER_NAME, { error: 'Write each header as Name: value' })
    .refine((name) => !/^(host|connection|content-length|transfer-encoding)$/i.test(name), {
      error: 'This header is set by the connection itself',
    }),
  value: z.string().trim().regex(HEADER_VALUE, { error: 'A header needs a value of visible ASCII characters' }),
})

/** Any address that starts a build. Left out: a POST with JSON, as `docs/providers/build-hook.md` has it. */
const HookInput = z.object({
  kind: z.literal('hook'),
  hookUrl: HttpUrl,
  listUrl: HttpUrl.optional(),
  method: z.enum(['POST', 'PUT', 'GET']).optional(),
  /** Stored and shown in clear. */
  headers: z.array(OwnHeader).max(20).optional(),
  /** With {title} and {cause} in it. */
  body: z.string().max(10_000).optional(),
  /** Its value is a secret. */
  secretHeader: OwnHeader.optional(),
})

const NetlifyInput = z.object({
  kind: z.literal('netlify'),
  siteId: z
    .string()
    .trim()
    .regex(/^[\w-]{1,100}$/, {
      error: 'Copy the site id: letters, digits and hyphens, such as 3970e0fe-8564-4903-9a55-c5f8de49fb8b',
    }),
  token: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]{1,500}$/, { error: 'Enter a personal access token of Netlify' }),
  hookUrl: HttpUrl.optional(),
  branch: z.string().trim().min(1).max(250).optional(),
  clearCache: z.boolean().optional(),
  /** Of the API, where it is not Netlify's own. */
  baseUrl: HttpUrl.optional(),
})
export type BuilderInput = z.infer<typeof HookInput> | z.infer<typeof NetlifyInput> | LocalBuilderInput
/** How releases lie in the bucket of a site. */
export const PublishSettings = z.object({
  /** How long the edge keeps pages. Files that are named by their content stay for a year. */
  htmlSeconds: z.number().int().min(0).max(31_536_000).default(86_400),
  /** Releases that can be gone back to; older ones are removed after a deploy. */
  keep: z.number().int().min(2).max(100).default(10),
})
export type PublishSettings = z.infer<typeof PublishSettings>

/** What a person (or a site file) gives to add a site. Secrets in it go to the vault and never come back. */
export const SiteInput = z.object({
  version: z.literal(1).default(1),
  key: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/)
    .optional(),
  name: z.string().trim().min(1, 'Give the site a name').max(80, 'A name has at most 80 characters'),
  zones: z.array(z.object({ host: z.string().optional(), url: HttpUrl })).min(1, 'Give at least one address of the site'),
  originUrl: HttpUrl.optional(),
  edge: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('cloudfront'),
      distributionId: DistributionId,
      endpoint: HttpUrl.optional(),
      region: z.string().trim().min(1).default('us-east-1'),
      credentials: CredentialsInput,
    }),
    /** A cache that is looked at and never told anything: it is checked by its answers alone. */
    z.object({ kind: z.literal('any-cache') }),
    z.object({
      kind: z.literal('varnish'),
      /** One for each Varnish: every one keeps copies of its own. */
      addresses: z.array(HttpUrl).min(1, 'Give the address of Varnish, one for each instance').max(100),
      /** What the VCL asks for before it purges. */
      secret: z
        .string()
        .trim()
        .min(1, 'Enter the secret that varnishd was started with')
        .regex(/^[\x21-\x7e]+$/, 'The secret may only have visible ASCII characters, and no spaces'),
      /** Purged copies are served once more while they are fetched again. */
      soft: z.boolean().default(false),
    }),
  ]),
  builder: z.discriminatedUnion('kind', [HookInput, NetlifyInput, LocalBuilderInput]).optional(),
  /** Where the entries of an SSR cache are: a secret, since whoever knows it may cause renders. */
  renderer: z.object({ kind: z.literal('ssr-cache'), url: HttpUrl }).optional(),
  /** The bucket that the edge fetches from, when the origin's own address lets nobody but the edge in. */
  objects: z
    .object({
      kind: z.literal('s3'),
      bucket: z
        .string()
        .trim()
        .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
          error: 'A bucket has small letters, digits, dots and hyphens, 3 to 63 characters, such as my-site-pages',
        }),
      /** In front of the keys: the origin path of the distribution. */
      prefix: z.string().trim().max(500).default(''),
      region: z.string().trim().min(1).default('us-east-1'),
      endpoint: HttpUrl.optional(),
      /** The bucket's name in the path, as most stores that are not AWS's want it. */
      forcePathStyle: z.boolean().default(false),
      credentials: CredentialsInput,
      /** Finished builds are brought to `releases/ID/` below the prefix, and the edge is pointed at one of them. */
      publish: PublishSettings.optional(),
    })
    .optional(),
  /** Parts of a page that change at every render and say nothing of its content: `#id`, `.class`, `tag`, `[attr]`, `[attr=value]`. */
  volatileSelectors: z
    .array(
      z
        .string()
        .trim()
        .max(200)
        .regex(/^(#[\w-]+|\.[\w-]+|\[[\w:-]+(=("[^"]*"|[^\]"]*))?\]|[a-z][a-z0-9-]*)$/i, {
          error: 'Only simple selectors can be used, such as #clock, .greeting, time or [data-request-id]',
        }),
    )
    .max(50)
    .default([]),
  /** How often new pages and releases are looked for. */
  watchSeconds: z.number().int().min(5).max(86_400).default(300),
  links: z.array(z.object({ label: z.string(), url: HttpUrl })).default([]),
  /** So many of its first pages are checked by themselves; each may make the origin render one. */
  firstCheckPages: z.number().int().min(0).max(10_000, 'At most 10,000 pages; check the rest from the Pages screen').default(200),
})
export type SiteInput = z.infer<typeof SiteInput>

export const Zone = z.object({ id: z.number(), host: z.string(), url: z.string() })
export type Zone = z.infer<typeof Zone>

/** What an edge can do, and where its limits are written. */
export const EdgeStatus = z.object({
  kind: z.string(),
  /** What a person calls it: the distribution id, the addresses of Varnish. Empty where the edge has no name of its own. */
  label: z.string(),
  /** `no-access`: what it is reached with was never entered here, or was removed. Nothing was asked. */
  state: z.enum(['ok', 'not-read', 'no-access', 'failed']),
  /** Whether it answered with a refusal or not at all; null unless `state` is `failed`. */
  failure: z.enum(['refused', 'unreachable', 'other']).nullable().default(null),
  /** A sentence when `state` is `failed` or `no-access`, or when something could not be read. */
  message: z.string().nullable(),
  /** False: lifetimes are "as the headers claim". */
  policyKnown: z.boolean(),
  purgesPaths: z.boolean(),
  purgesPrefixes: z.boolean(),
  purgesTags: z.boolean(),
  tagHeader: z.string().nullable(),
})
export type EdgeStatus = z.infer<typeof EdgeStatus>

export const Site = z.object({
  id: z.string(),
  name: z.string(),
  zones: z.array(Zone),
  edge: EdgeStatus,
  /** `host`: what builds it; the folder of a project on this machine. */
  builder: z.object({ kind: z.string(), host: z.string(), follows: z.boolean() }).nullable(),
  renderer: z.object({ kind: z.string(), host: z.string() }).nullable(),
  originHost: z.string().nullable(),
  links: z.array(z.object({ label: z.string(), url: z.string() })),
  liveRelease: z.object({ id: z.string(), title: z.string().nullable(), startedAtMs: z.number() }).nullable(),
  /** The release that the site is held at: nothing newer becomes live by itself. */
  pinned: z.object({ id: z.string(), title: z.string().nullable() }).nullable(),
  /** The last thing that went wrong while looking for pages or releases. */
  watchProblem: z.string().nullable(),
})
export type Site = z.infer<typeof Site>

/** One part of a connection test. */
export const Finding = z.object({
  part: z.string(),
  field: z.string(),
  ok: z.boolean(),
  message: z.string(),
  fix: z.string().nullable(),
})
export type Finding = z.infer<typeof Finding>

const Findings = z.object({ ok: z.boolean(), findings: z.array(Finding) })

export const sites = {
  list: read.output(z.array(Site)),
  /** Tries every part of the input against the real thing and stores nothing. */
  test: own.input(SiteInput).output(Findings),
  /** Stores the site; its pages are then looked for in the background. */
  add: own.input(SiteInput).output(z.object({ siteId: z.string() })),
  remove: own.input(z.object({ siteId: z.string() })).output(z.object({ removed: z.boolean() })),
}
