import * as z from 'zod'
import { own } from './calls.ts'
import { CredentialsInput, Finding, SiteInput } from './sites.ts'

const [CloudFront, AnyCache, Varnish] = SiteInput.shape.edge.options
const [Hook, Netlify, Local] = SiteInput.shape.builder.unwrap().options
const Renderer = SiteInput.shape.renderer.unwrap()
const Objects = SiteInput.shape.objects.unwrap()
const [DefaultChain, Profile, Keys] = CredentialsInput.options

const Credentials = z.discriminatedUnion('kind', [
  DefaultChain,
  Profile,
  Keys.partial({ accessKeyId: true, secretAccessKey: true }),
])
/** What is known of a secret address: never more than whose it is. */
const Host = z.string().max(300)

/** A site as its owner edits it: everything that was entered, and of its secrets only those that are typed anew. */
export const EditedSite = SiteInput.omit({ version: true, key: true }).extend({
  edge: z.discriminatedUnion('kind', [
    CloudFront.extend({ credentials: Credentials }),
    AnyCache,
    Varnish.partial({ secret: true }),
  ]),
  builder: z
    .discriminatedUnion('kind', [
      Hook.extend({
        hookUrl: Hook.shape.hookUrl.optional(),
        host: Host.optional(),
        secretHeader: Hook.shape.secretHeader.unwrap().partial({ value: true }).optional(),
      }),
      Netlify.partial({ token: true }),
      Local.extend({ environment: Local.shape.environment.unwrap().optional() }),
    ])
    .optional(),
  renderer: Renderer.extend({ url: Renderer.shape.url.optional(), host: Host.optional() }).optional(),
  objects: Objects.extend({ credentials: Credentials }).optional(),
})
export type EditedSite = z.infer<typeof EditedSite>

/** Secrets of a site, by where they are entered. */
export const SITE_SECRETS = ['edge', 'hook', 'builder', 'build', 'renderer', 'objects'] as const
export const SiteSecret = z.enum(SITE_SECRETS)
export type SiteSecret = z.infer<typeof SiteSecret>

export const SecretState = z.object({
  secret: SiteSecret,
  /** "the access keys of the distribution". */
  what: z.string(),
  /** Field of the settings that it is entered in. */
  field: z.string(),
  stored: z.boolean(),
  /** The site does not work whole without it. */
  needed: z.boolean(),
})
export type SecretState = z.infer<typeof SecretState>

const OneSite = z.object({ siteId: z.string() })

const CurrentSettings = z.object({
  name: z.string(),
  settings: EditedSite,
  secrets: z.array(SecretState),
  /** Pages of each zone, which go with it. */
  zones: z.array(z.object({ host: z.string(), pages: z.number() })),
  /** Why edge and account may not be changed now, as a sentence; null when they may. */
  held: z.string().nullable(),
})
export type CurrentSettings = z.infer<typeof CurrentSettings>

const ChangeOutcome = z.object({
  saved: z.boolean(),
  /** What was changed, as sentences without any secret. */
  changes: z.array(z.string()),
  /** Of the test; empty when nothing was changed that could be tested. */
  findings: z.array(Finding),
})
export type ChangeOutcome = z.infer<typeof ChangeOutcome>

/** What a removal takes along, and what stays. */
export const RemovalPreview = z.object({
  pages: z.number(),
  plans: z.number(),
  builds: z.number(),
  schedules: z.number(),
  sources: z.number(),
  rules: z.number(),
  ledgerEntries: z.number(),
  /** Builds, purges and visits that wait: they are dropped at once. */
  waiting: z.number(),
  /** Why it cannot be removed now, as a sentence; null when it can. */
  held: z.string().nullable(),
  keptDays: z.number(),
})
export type RemovalPreview = z.infer<typeof RemovalPreview>

export const RemovedSite = z.object({
  id: z.string(),
  name: z.string(),
  zones: z.number(),
  pages: z.number(),
  removedAtMs: z.number(),
  removedBy: z.string(),
  /** When it is removed for good by itself. */
  untilMs: z.number(),
  builtIn: z.boolean(),
})
export type RemovedSite = z.infer<typeof RemovedSite>

/** Everything that can be done with a site after it was added. */
export const siteSettings = {
  get: own.input(OneSite).output(CurrentSettings),
  /** Tries the settings as they were typed, with the stored secrets where none was. Stores nothing. */
  test: own.input(OneSite.extend({ settings: EditedSite })).output(z.array(Finding)),
  /** Tests what was changed, then saves it. `despite`: it is saved although something does not answer. */
  change: own.input(OneSite.extend({ settings: EditedSite, despite: z.boolean().default(false) })).output(ChangeOutcome),
  /** Secrets that sites lack. */
  lacking: own.output(z.array(z.object({ siteId: z.string(), what: z.array(z.string()) }))),
  previewRemoval: own.input(OneSite).output(RemovalPreview),
  removed: own.output(z.array(RemovedSite)),
  restore: own.input(z.object({ removedId: z.string() })).output(OneSite),
  /** Forgets it and its secrets. The ledger and Activity stay. */
  erase: own.input(z.object({ removedId: z.string() })).output(z.object({ erased: z.boolean() })),
}
