import { AppError } from '#shared/errors.ts'
import type { Builder, BuildList, Manifest, RemoteBuild } from '#main/providers/builder.ts'
import type { ReleaseStore, StoredRelease } from '#main/providers/release-store.ts'

interface BucketParts {
  readonly releases: ReleaseStore
  /** What builds the site; null when nothing does from here. */
  readonly builder: Builder | null
  /** Every release is of all of them: a bucket has no hosts. */
  hosts(): Promise<readonly string[]>
  /** Told which releases lie there, so that those that were removed are offered no more. */
  lies(releaseIds: readonly string[]): void
}

const PREFIX = 'bucket:'

/** The builds of a site with what became of them in the bucket, and the releases there that others have made. */
export function createBucketBuilds({ releases, builder, hosts, lies }: BucketParts): Builder {
  const need = (): Builder => {
    if (builder) return builder
    throw new AppError('NOT_FOUND', 'This site has no build hook, so nothing can be built from here.', {
      field: 'siteId',
      fix: 'Add the address of a build hook to the site, or publish the folder of a finished build.',
    })
  }
  return {
    trigger: async (...args) => need().trigger(...args),
    status: async (...args) => need().status(...args),
    cancel: async (...args) => need().cancel(...args),
    log: (...args) => need().log(...args),

    async list(limit, signal): Promise<BuildList> {
      const [own, all] = await Promise.all([builder?.list(limit, signal) ?? null, releases.list(signal)])
      lies(all.map(({ id }) => id))
      const stored = new Map(all.map((release) => [release.id, release]))
      const builds = (own?.builds ?? []).map((build): RemoteBuild => {
        const release = build.release && stored.get(build.release.id)
        if (!release) return build
        stored.delete(release.id)
        return { ...build, release: releaseOf(release) }
      })
      const others = [...stored.values()].slice(0, limit).map(buildOf)
      return {
        liveReleaseId: own?.liveReleaseId ?? null,
        listUrl: own?.listUrl ?? null,
        builds: [...builds, ...others].sort((a, b) => b.queuedAtMs - a.queuedAtMs),
      }
    },

    async manifest(manifestUrl, signal): Promise<Manifest> {
      if (!manifestUrl.startsWith(PREFIX)) return need().manifest(manifestUrl, signal)
      const [stored, names] = await Promise.all([releases.manifest(manifestUrl.slice(PREFIX.length), signal), hosts()])
      return {
        releaseId: stored.id,
        startedAtMs: stored.startedAtMs,
        files: names.flatMap((host) => stored.files.map((file) => ({ ...file, host }))),
        redirects: stored.redirects,
      }
    },
  }
}

function releaseOf({ id, publishedAtMs, place }: StoredRelease): NonNullable<RemoteBuild['release']> {
  return { id, published: publishedAtMs !== null, publishedAtMs, manifestUrl: PREFIX + id, originPath: place }
}

/** A release of which no build is known, as the build that it must have come from. */
export function buildOf(release: StoredRelease): RemoteBuild {
  const { startedAtMs } = release
  return {
    remoteId: PREFIX + release.id,
    statusUrl: null,
    state: 'succeeded',
    title: release.title,
    causes: ['from the bucket'],
    queuedAtMs: startedAtMs,
    startsAtMs: null,
    // How long it took is not known.
    startedAtMs: null,
    endedAtMs: startedAtMs,
    progress: null,
    error: null,
    release: releaseOf(release),
    logUrl: null,
    cancelUrl: null,
  }
}
