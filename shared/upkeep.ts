import * as z from 'zod'
import { act, own, read } from './calls.ts'

/** What was done about a damaged database at a start. */
export const RescueNote = z.object({
  atMs: z.number(),
  /** What SQLite said; null: only what was written last before a crash may be missing. */
  damage: z.string().nullable(),
  /** Where the damaged file lies; null where it stayed in use. */
  movedTo: z.string().nullable(),
  /** What was taken in its place; null: an empty one. */
  backup: z.object({ file: z.string(), atMs: z.number() }).nullable(),
  /** Rows that could still be read, and by how many more there are now. */
  salvaged: z.array(z.object({ table: z.string(), read: z.number(), added: z.number(), incomplete: z.boolean() })),
})
export type RescueNote = z.infer<typeof RescueNote>

export const DataView = z.object({
  dataFolder: z.string(),
  logFolder: z.string(),
  /** Whether the shell can show a folder: not where the panel may be open on another machine. */
  opensFolders: z.boolean(),
  /** How secrets are protected, in words. */
  vault: z.string(),
  schemaVersion: z.number(),
  databaseBytes: z.number(),
  tables: z.array(z.object({ name: z.string(), rows: z.number(), bytes: z.number() })),
  /** The newest first. */
  backups: z.array(
    z.object({ name: z.string(), atMs: z.number(), bytes: z.number(), why: z.enum(['daily', 'by-hand', 'before-update']) }),
  ),
  /** When the next one is made by itself, while Frostline runs. */
  nextBackupAtMs: z.number(),
})
export type DataView = z.infer<typeof DataView>

/** A file of the diagnostics bundle, as it would be saved. */
export const BundlePart = z.object({ name: z.string(), says: z.string(), bytes: z.number(), text: z.string() })
export type BundlePart = z.infer<typeof BundlePart>

/** The data folder, its backups, the log, and what helps whoever is asked for help. */
export const upkeep = {
  get: own.output(DataView),
  /** Null when there is nothing to say, or somebody has read it. */
  rescue: read.output(RescueNote.nullable()),
  /** Whether the database in use is damaged, and since when that is known. */
  damage: read.output(z.object({ sinceMs: z.number() }).nullable()),
  forgetRescue: act.output(z.null()),
  /** Copies the database now. */
  backUp: own.output(DataView),
  /** Shows the folder of the log on the machine where Frostline runs. */
  openLogs: own.output(z.null()),
  /** The newest lines of the log, without secrets. */
  log: own.output(z.object({ text: z.string() })),
  /** The diagnostics bundle: what is in it to be looked at, and the same as a .zip file. */
  bundle: own
    .input(z.object({ withAddresses: z.boolean() }))
    .output(z.object({ fileName: z.string(), parts: z.array(BundlePart), zipBase64: z.string() })),
}
