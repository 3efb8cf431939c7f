import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Credential } from '#shared/credentials.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { CredentialCard } from './credential-card.tsx'
import { credentialsQueries } from './queries.ts'
import { RemoveCredentialDialog } from './remove-credential-dialog.tsx'
import { RotateDialog } from './rotate-dialog.tsx'
import classes from './credentials.module.css'

type Open = { readonly kind: 'rotate' | 'remove'; readonly credential: Credential } | null

/** Everything that opens a door, and what it was seen to open; no value is ever shown. */
export function CredentialsScreen() {
  const { mayOwn } = useAccess()
  const credentials = useQuery({ ...credentialsQueries.list(), enabled: mayOwn, refetchOnMount: 'always' })
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  return (
    <Screen
      title="Credentials"
      note={credentials.data && `${countOf(credentials.data.length, 'credential')}. Their values are never shown`}
    >
      {!mayOwn && <EmptyNote title="Only owners see credentials">Ask an owner when a service refuses Frostline.</EmptyNote>}
      {credentials.isError && (
        <FailureNote {...describeFailure(credentials.error)} onTryAgain={() => void credentials.refetch()} />
      )}
      {mayOwn && credentials.isPending && <LateSkeleton />}
      {credentials.data?.length === 0 && (
        <EmptyNote title="No credentials">
          What a site needs to be purged, built and compared is listed here as soon as it is entered: what it is for, who uses it,
          and when it was used last.
        </EmptyNote>
      )}
      <div className={classes.list}>
        {credentials.data?.map((credential) => (
          <CredentialCard
            // How a test of another value ended says nothing of this one.
            key={`${credential.name} ${credential.lacking} ${credential.changedAtMs}`}
            credential={credential}
            onRotate={() => setOpen({ kind: 'rotate', credential })}
            onRemove={() => setOpen({ kind: 'remove', credential })}
          />
        ))}
      </div>
      {open?.kind === 'rotate' && <RotateDialog credential={open.credential} onClose={close} />}
      {open?.kind === 'remove' && <RemoveCredentialDialog credential={open.credential} onClose={close} />}
    </Screen>
  )
}
