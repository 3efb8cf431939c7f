import { Button } from '@mantine/core'
import { Link } from 'react-router'
import type { Credential } from '#shared/credentials.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { useNow } from '#renderer/ui/clock.ts'
import { FactList } from '#renderer/ui/fact-list.tsx'
import { formatSpan } from '#renderer/ui/format.ts'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { useTestCredential } from './queries.ts'
import classes from './credentials.module.css'

interface CredentialCardProps {
  readonly credential: Credential
  readonly onRotate: () => void
  readonly onRemove: () => void
}

const RESULTS = { ok: 'Accepted', refused: 'Refused', unreachable: 'No answer' } as const

/** One credential: what it is for, where it is, how its last use ended, what it was seen to be allowed. */
export function CredentialCard({ credential, onRotate, onRemove }: CredentialCardProps) {
  const { name, what, kind, sites, keptIn, lacking, addedAtMs, changedAtMs, usedAtMs, acts } = credential
  const test = useTestCredential()
  const failure = test.isError ? describeFailure(test.error) : null
  return (
    <article className={classes.card} aria-label={what}>
      <div className={classes.head}>
        <h2>{what}</h2>
        <State credential={credential} />
        <span className={classes.acts}>
          {credential.canTest && (
            <Button size="compact-sm" variant="default" loading={test.isPending} onClick={() => test.mutate({ name })}>
              Test
            </Button>
          )}
          {credential.rotate.length > 0 && (
            <Button size="compact-sm" variant="default" onClick={onRotate}>
              {lacking ? 'Enter it…' : 'Rotate…'}
            </Button>
          )}
          {kind === 'source' && (
            <Button size="compact-sm" variant="default" component={Link} to={`/hooks?site=${sites[0]?.id ?? ''}`}>
              Rotate in Hooks
            </Button>
          )}
          {credential.canRemove && (
            <Button size="compact-sm" variant="subtle" color="red" onClick={onRemove}>
              Remove…
            </Button>
          )}
        </span>
      </div>
      <FactList
        facts={{
          'Used by': sites.map((site) => site.name).join(', '),
          'Kept in': lacking ? 'nowhere: it is not entered' : keptIn,
          Added:
            kind === 'aws' || lacking ? null : addedAtMs === null ? (
              'before this was written down'
            ) : (
              <>
                <TimeAgo atMs={addedAtMs} />
                {changedAtMs !== null && changedAtMs !== addedAtMs && (
                  <>
                    , entered anew <TimeAgo atMs={changedAtMs} />
                  </>
                )}
              </>
            ),
          'Last used':
            kind === 'source' || lacking ? null : usedAtMs === null ? (
              'not since this is written down'
            ) : (
              <TimeAgo atMs={usedAtMs} />
            ),
          'May do': acts.length === 0 ? null : <Acts acts={acts} />,
        }}
      />
      <Expiry expiry={credential.expiry} />
      {credential.message !== null && !test.data && <p className={classes.bad}>{credential.message}</p>}
      {failure && (
        <p role="alert" className={classes.bad}>
          {failure.message} {failure.fix}
        </p>
      )}
      {test.data && (
        <div role="status" className={classes.findings}>
          {test.data.length === 0 && <p>It cannot be tried without starting a build.</p>}
          {test.data.map((finding) => (
            <p key={`${finding.part} ${finding.field}`} data-bad={!finding.ok || undefined}>
              {finding.ok ? '✓' : '✕'} <strong>{finding.part}</strong> {finding.message} {finding.fix}
            </p>
          ))}
        </div>
      )}
    </article>
  )
}

function State({ credential: { lacking, result } }: { readonly credential: Credential }) {
  if (lacking)
    return (
      <span className={classes.state} data-state="lacking">
        Needs to be entered
      </span>
    )
  return result === null ? null : (
    <span className={classes.state} data-state={result}>
      {RESULTS[result]}
    </span>
  )
}

function Acts({ acts }: { readonly acts: Credential['acts'] }) {
  return (
    <ul className={classes.actList}>
      {acts.map(({ act, allowed, note }) => (
        <li key={act} data-denied={!allowed || undefined} title={note === '' ? undefined : note}>
          {allowed ? '✓' : '✕'} {act}
          {allowed ? '' : ': refused'}
          {note !== '' && <span className={classes.note}> {note}</span>}
        </li>
      ))}
    </ul>
  )
}

/** A sign-in that ends soon is said before it does. */
const SOON_MS = 3_600_000

function Expiry({ expiry }: { readonly expiry: Credential['expiry'] }) {
  const nowMs = useNow()
  if (expiry === null) return null
  const leftMs = expiry.atMs - nowMs
  if (leftMs <= 0)
    return (
      <p className={classes.bad}>
        Its sign-in has expired. Sign in again: <code>{expiry.command}</code>
      </p>
    )
  return (
    <p className={leftMs < SOON_MS ? classes.soon : classes.note}>
      Its sign-in expires in {formatSpan(leftMs)}. Then: <code>{expiry.command}</code>
    </p>
  )
}
