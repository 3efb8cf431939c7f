import * as z from 'zod'
import type { BuildList, Manifest, RemoteBuild } from '../builder.ts'

/** The answers of a build service, as `docs/build-status-monitor.md` describes them. Members we do not know are ignored. */

const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? null)
const Count = z.number().nonnegative()
const Text = z.string().max(10_000)
const Id = z.string().min(1).max(200)
/** What an edge takes for one. A release with another is known, and cannot be switched to. */
const OriginPath = z
  .string()
  .regex(/^(\/[\w./-]*[\w.-])?$/)
  .max(255)
  .nullish()
  .catch(null)

export const StatusDocument = z.object({
  id: Id,
  state: z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']),
  title: Text.default(''),
  causes: z.array(Text).max(10_000).default([]),
  queuedOn: Instant,
  startsOn: maybe(Instant),
  startedOn: maybe(Instant),
  endedOn: maybe(Instant),
  progress: maybe(z.object({ done: Count, total: Count, phase: Text.default('') })),
  error: maybe(Text),
  release: maybe(
    z.object({ id: Id, published: z.boolean(), publishedOn: maybe(Instant), manifest: Text, originPath: OriginPath }),
  ),
  links: z.object({ self: maybe(Text), log: maybe(Text), cancel: maybe(Text), list: maybe(Text) }).prefault({}),
})
export type StatusDocument = z.infer<typeof StatusDocument>

export const ListDocument = z.object({
  liveReleaseId: maybe(Id),
  builds: z.array(StatusDocument).max(10_000),
})

/** A site of a million files would not fit the 50 MB of a manifest anyway. */
const MAX_FILES = 200_000
const MAX_REDIRECTS = 100_000

export const ManifestDocument = z.object({
  id: Id,
  startedOn: Instant,
  files: z
    .array(
      z.object({
        host: z.string().min(1).max(300),
        path: z.string().startsWith('/').max(8_000),
        hash: z.string().regex(/^sha256-[0-9a-f]{64}$/),
        type: z.string().max(300),
        size: z.number().int().nonnegative(),
        tags: z.array(z.string().max(1_024)).max(10_000).default([]),
      }),
    )
    .max(MAX_FILES),
  redirects: z
    .array(
      z.object({
        from: z.string().max(8_000),
        to: z.string().max(8_000),
        status: z.number().int().min(100).max(599),
      }),
    )
    .max(MAX_REDIRECTS)
    .default([]),
})

/** Resolves a link of an answer; null when it is none, or leads to a host that is not the service's own. */
export type ResolveLink = (link: string | null) => string | null

/** @param statusUrl where this document can be asked for again, unless it says so itself. */
export function toBuild(document: StatusDocument, statusUrl: string | null, resolve: ResolveLink): RemoteBuild {
  const { release, links } = document
  const manifestUrl = resolve(release?.manifest ?? null)
  return {
    remoteId: document.id,
    statusUrl: resolve(links.self) ?? statusUrl,
    state: document.state,
    title: document.title,
    causes: document.causes,
    queuedAtMs: document.queuedOn,
    startsAtMs: document.startsOn,
    startedAtMs: document.startedOn,
    endedAtMs: document.endedOn,
    progress: document.progress,
    error: document.error,
    release:
      release === null || manifestUrl === null
        ? null
        : {
            id: release.id,
            published: release.published,
            publishedAtMs: release.publishedOn,
            manifestUrl,
            originPath: release.originPath ?? null,
          },
    logUrl: resolve(links.log),
    cancelUrl: resolve(links.cancel),
  }
}

/** @param statusUrlOf the status address of an entry that names none itself. */
export function toList(
  document: z.infer<typeof ListDocument>,
  listUrl: string,
  statusUrlOf: (id: string) => string,
  resolve: ResolveLink,
): BuildList {
  const builds = document.builds.map((entry) => toBuild(entry, statusUrlOf(entry.id), resolve))
  return { liveReleaseId: document.liveReleaseId, builds, listUrl }
}

export function toManifest({ id, startedOn, files, redirects }: z.infer<typeof ManifestDocument>): Manifest {
  return {
    releaseId: id,
    startedAtMs: startedOn,
    files: files.map(({ size, ...file }) => ({ ...file, sizeBytes: size })),
    redirects,
  }
}
