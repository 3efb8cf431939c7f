import * as z from 'zod'
import { BudgetSettings, SiteLimits } from './budget.ts'
import { BuildSettings } from './build-queue.ts'
import { own } from './calls.ts'
import { Reading } from './hook-readings.ts'
import { RuleInput } from './hook-rules.ts'
import { SourceKind, SourceSettings } from './hook-sources.ts'
import { VISIT_MINUTES } from './hooks.ts'
import { CheckSettings } from './inspection-runs.ts'
import { PageRules } from './page-identity.ts'
import { PageViewContent, ViewName } from './page-views.ts'
import { PageFilter } from './pages.ts'
import { EditedSite } from './site-settings.ts'
import { SiteInput } from './sites.ts'

/** Settings are written to files of this version. Those of version 1 had settings, rules of addresses and limits alone. */
export const EXPORT_VERSION = 2
/** A file of more characters is not read; above it the line to the core takes no message either. */
export const EXPORT_LONGEST = 3_500_000
/** What people call such a file, and what opens it. */
export const EXPORT_ENDING = 'frostline'

/** A source of deliveries without its address, its secret and its token, none of which a file may hold. */
export const ExportedSource = z.object({
  id: z.uuid(),
  kind: SourceKind,
  name: z.string().trim().min(1, 'Give it a name').max(60),
  settings: SourceSettings,
  /** How it is asked for what it could not deliver; null: it is not. */
  reading: Reading.nullable(),
})
export type ExportedSource = z.infer<typeof ExportedSource>

export const ExportedRule = RuleInput.safeExtend({ id: z.uuid() })
export type ExportedRule = z.infer<typeof ExportedRule>

/** A saved view of the list of pages; its zones by their hosts, since their numbers are each machine's own. */
export const ExportedView = z.object({
  name: ViewName,
  filter: PageFilter.omit({ zoneIds: true }).extend({ hosts: z.array(z.string().max(300)).max(10_000).optional() }),
  sort: PageViewContent.shape.sort,
  columns: PageViewContent.shape.columns,
})
export type ExportedView = z.infer<typeof ExportedView>

/** What is configured for a site beside its settings. What a file does not have stays as it is. */
export const CarriedSettings = z.object({
  pageRules: PageRules,
  limits: SiteLimits,
  checks: CheckSettings.optional(),
  builds: BuildSettings.optional(),
  visitCheck: z.object({ enabled: z.boolean(), minutes: z.literal(VISIT_MINUTES) }).optional(),
  /** What was agreed on for the account that the site's purges are charged to; left out while nothing was. */
  budget: BudgetSettings.optional(),
  sources: z.array(ExportedSource).max(500).optional(),
  rules: z.array(ExportedRule).max(2_000).optional(),
  views: z.array(ExportedView).max(500).optional(),
})
export type CarriedSettings = z.infer<typeof CarriedSettings>

/** One site in a file. It holds no secret: `secrets` says which have to be entered where it is imported. */
export const ExportedSite = CarriedSettings.extend({
  id: z.uuid(),
  key: SiteInput.shape.key,
  settings: EditedSite,
  secrets: z.array(z.object({ enter: z.string().max(300), field: z.string().max(100) })).max(20),
})
export type ExportedSite = z.infer<typeof ExportedSite>

export const SettingsFile = z.object({
  frostline: z.literal('site settings'),
  version: z.literal(EXPORT_VERSION),
  exportedAt: z.iso.datetime(),
  sites: z.array(ExportedSite).max(10_000),
})
export type SettingsFile = z.infer<typeof SettingsFile>

export const ImportedSite = z.object({
  /** Place in the file, from 0. */
  index: z.number(),
  name: z.string(),
  verdict: z.enum(['add', 'change', 'same', 'refused']),
  changes: z.array(z.string()),
  problems: z.array(z.object({ field: z.string(), reason: z.string() })),
  /** Secrets that have to be entered afterwards. */
  needs: z.array(z.string()),
  /** Of the site that was changed or added; null before. */
  siteId: z.string().nullable(),
})
export type ImportedSite = z.infer<typeof ImportedSite>

const FileText = z.object({
  text: z.string().max(EXPORT_LONGEST, { error: 'This file is too large for settings. Export fewer sites into one file.' }),
})

export const settingsFiles = {
  /** Null: all of them. */
  export: own.input(z.object({ siteIds: z.array(z.string()).max(10_000).nullable() })).output(SettingsFile),
  /** A file of settings on the machine that runs Frostline, as text: one that the system opened the program with. */
  readFile: own.input(z.object({ path: z.string().min(1).max(4_000) })).output(z.object({ name: z.string(), text: z.string() })),
  /** What an import would do. Writes nothing. */
  previewImport: own.input(FileText).output(z.array(ImportedSite)),
  /** Writes what is not refused. */
  import: own.input(FileText).output(z.array(ImportedSite)),
}
