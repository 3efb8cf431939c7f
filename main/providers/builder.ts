export interface RemoteBuild {
  readonly remoteId: string
  /** Where its status can be asked again; null when the service tells no more than that it accepted the trigger. */
  readonly statusUrl: string | null
  readonly state: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'accepted'
  readonly title: string
  readonly causes: readonly string[]
  readonly queuedAtMs: number
  readonly startsAtMs: number | null
  readonly startedAtMs: number | null
  readonly endedAtMs: number | null
  readonly progress: { readonly done: number; readonly total: number; readonly phase: string } | null
  readonly error: string | null
  readonly release: {
    readonly id: string
    readonly published: boolean
    readonly publishedAtMs: number | null
    /** Null: the service tells no files of its releases. */
    readonly manifestUrl: string | null
    /** The origin path under which the edge finds it; null or missing when the service does not say. */
    readonly originPath?: string | null
  } | null
  readonly logUrl: string | null
  /** Where a person can read the log, at services that give it to nobody else. */
  readonly logLink?: string | null
  readonly cancelUrl: string | null
}

export interface BuildList {
  readonly liveReleaseId: string | null
  /** The service publishes nothing newer than this release until it is told to. Missing: it has no such thing. */
  readonly heldReleaseId?: string | null
  readonly builds: readonly RemoteBuild[]
  /** The list's own address, learned from the builds. */
  readonly listUrl: string | null
}

export interface ManifestFile {
  readonly host: string
  readonly path: string
  /** `sha256-…`, lower-case hex. */
  readonly hash: string
  readonly type: string
  readonly sizeBytes: number
  readonly tags: readonly string[]
}

export interface RedirectRule {
  readonly from: string
  readonly to: string
  readonly status: number
  /** It answers although a file lies at the address. */
  readonly force?: boolean | undefined
  /** Parameters that the query must have; `:name` stands for any text. */
  readonly query?: Readonly<Record<string, string>> | undefined
  /** What depends on the visitor, such as `Country=de`. */
  readonly conditions?: readonly string[] | undefined
}

export interface Manifest {
  readonly releaseId: string
  /** When the build began to read content (Unix milliseconds): a later change may not be in it. */
  readonly startedAtMs: number
  readonly files: readonly ManifestFile[]
  /** In the order of matching; files win over rules. */
  readonly redirects: readonly RedirectRule[]
}

export interface TriggerOptions {
  /** False: build, and leave what visitors get as it is. */
  readonly publish?: boolean
  /** Builds without what was kept of earlier builds, where the service can. */
  readonly clearCache?: boolean
}

/** Which of its releases a service gives to visitors. */
export interface Publishing {
  /** Visitors get this release, at once. */
  restore(releaseId: string, signal?: AbortSignal): Promise<void>
  /** Visitors stay at this release, which they get: nothing newer is published by itself. */
  hold(releaseId: string, signal?: AbortSignal): Promise<void>
  /** What is built is published again. */
  letGo(releaseId: string, signal?: AbortSignal): Promise<void>
}

/** What a build costs, by the vendor's page: an estimate. */
export interface BuildCost {
  readonly amount: number
  readonly unit: string
  readonly note: string
  readonly source: string
}

/** A service that builds the site. Methods throw `AppError` like `Edge`. */
export interface Builder {
  /** Null or missing: builds cost nothing that is known. */
  readonly cost?: BuildCost | null
  /** How often a build under way may be asked for, in milliseconds. Missing: as often as is useful. */
  readonly pollMs?: number
  /** Missing: it cannot be told which release to publish. */
  readonly publishing?: Publishing
  /** Whether it tells more than "accepted"; known after the first answer. */
  trigger(title: string, signal?: AbortSignal, options?: TriggerOptions): Promise<RemoteBuild>
  status(statusUrl: string, signal?: AbortSignal): Promise<RemoteBuild>
  /** Null when the service has no list, or none is known yet. */
  list(limit: number, signal?: AbortSignal): Promise<BuildList | null>
  cancel(cancelUrl: string, signal?: AbortSignal): Promise<void>
  log(logUrl: string, signal: AbortSignal): AsyncIterable<string>
  manifest(manifestUrl: string, signal?: AbortSignal): Promise<Manifest>
}
