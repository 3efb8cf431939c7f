import type { Build, BuildState } from '#shared/builds.ts'
import { BUILD_WORDS } from '#shared/state-words.ts'
import { useNow } from '#renderer/ui/clock.ts'
import { formatDuration } from '#renderer/ui/format.ts'
import classes from './builds.module.css'

interface StateLook {
  readonly colour: string
  readonly sign: string
}

const STATES: Record<BuildState, StateLook> = {
  triggering: { colour: 'var(--fl-accent)', sign: '◌' },
  queued: { colour: 'var(--fl-violet)', sign: '◔' },
  running: { colour: 'var(--fl-accent)', sign: '◑' },
  succeeded: { colour: 'var(--fl-green)', sign: '●' },
  failed: { colour: 'var(--fl-red)', sign: '■' },
  cancelled: { colour: 'var(--fl-grey)', sign: '–' },
  accepted: { colour: 'var(--fl-teal)', sign: '◐' },
  lost: { colour: 'var(--fl-amber)', sign: '▲' },
}

const MEANINGS: Partial<Record<BuildState, string>> = {
  accepted: 'The build hook took it and tells no more.',
  lost: 'Its status can no longer be read.',
}

export function BuildStateMark({ state }: { readonly state: BuildState }) {
  const look = STATES[state]
  return (
    <span className={classes.state} style={{ color: look.colour }} title={MEANINGS[state]}>
      <span aria-hidden>{look.sign}</span> {BUILD_WORDS[state]}
    </span>
  )
}

export function isUnderWay(state: BuildState): boolean {
  return state === 'triggering' || state === 'queued' || state === 'running'
}

/** How long a build took or has taken; it counts while it runs. */
export function BuildDuration({ build }: { readonly build: Pick<Build, 'startedAtMs' | 'endedAtMs'> }) {
  const nowMs = useNow()
  if (build.startedAtMs === null) return null
  return <span>{formatDuration((build.endedAtMs ?? nowMs) - build.startedAtMs)}</span>
}

/** What became of the build's release. */
export function releaseWords(release: Build['release']): string {
  if (release === null) return ''
  if (release.live) return 'live'
  return release.published ? 'published' : 'not published'
}

/** Ids that services draw at random are told apart by their beginning. */
export function shortId(id: string): string {
  return id.length > 16 ? `${id.slice(0, 8)}…` : id
}

/** What services are told about builds that a person here asked for, and tell back. */
const OURS = 'frostline'

/** Why a build was made. */
export const causesOf = ({ causes }: Pick<Build, 'causes'>): readonly string[] =>
  causes.map((cause) => (cause === OURS ? 'asked for here' : cause))

export function Causes({ of }: { readonly of: Pick<Build, 'causes'> }) {
  const causes = causesOf(of)
  return <span title={causes.join('\n')}>{causes.join(', ')}</span>
}
