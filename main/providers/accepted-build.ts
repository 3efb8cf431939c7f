import type { RemoteBuild } from './builder.ts'

/** A build of which no more is known than that the service took the trigger. The id is ours. */
export function acceptedBuild(title: string, error: string | null = null): RemoteBuild {
  return {
    remoteId: `accepted-${crypto.randomUUID()}`,
    statusUrl: null,
    state: 'accepted',
    title,
    causes: ['frostline'],
    queuedAtMs: Date.now(),
    startsAtMs: null,
    startedAtMs: null,
    endedAtMs: null,
    progress: null,
    error,
    release: null,
    logUrl: null,
    cancelUrl: null,
  }
}
