import { Button, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Person } from '#shared/people.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { ExportMenu } from '#renderer/ui/export-menu.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { PlainTable, type PlainColumn } from '#renderer/ui/plain-table.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { useRevoke } from './mutations.ts'
import { peopleQueries } from './queries.ts'
import { ROLE_MEANS, ROLE_WORDS } from './role-words.ts'

/** Who may open this panel in a browser, and as what. */
export function PeopleScreen() {
  const { mayOwn } = useAccess()
  const people = useQuery({ ...peopleQueries.list(), enabled: mayOwn })
  const [dialog, setDialog] = useState<'invite' | Person | null>(null)
  const newLink = mayOwn && <Button onClick={() => setDialog('invite')}>New sign-in link…</Button>
  const actions = mayOwn && (
    <>
      <ExportMenu wish={{ list: 'people' }} what="Everybody with a link" />
      {newLink}
    </>
  )
  return (
    <Screen title="People" note="Whoever starts Frostline on this machine is its owner; others need a link" actions={actions}>
      {!mayOwn && <EmptyNote title="Only owners see people">Ask an owner when somebody needs to be let in.</EmptyNote>}
      {people.isError && <FailureNote {...describeFailure(people.error)} onTryAgain={() => void people.refetch()} />}
      {mayOwn && people.isPending && <LateSkeleton />}
      {people.data?.length === 0 && (
        <EmptyNote title="Nobody else has a link" action={newLink}>
          Give support a link that reads everything and changes nothing, or an operator one that may check, build and purge. Each
          has a name and can be revoked.
        </EmptyNote>
      )}
      {people.data && people.data.length > 0 && (
        <PlainTable label="People" columns={columns(setDialog)} rows={people.data} rowKey={({ id }) => id} />
      )}
      {dialog === 'invite' && <InviteDialog onClose={() => setDialog(null)} />}
      {dialog !== null && dialog !== 'invite' && <RevokeDialog person={dialog} onClose={() => setDialog(null)} />}
    </Screen>
  )
}

function columns(onRevoke: (person: Person) => void): readonly PlainColumn<Person>[] {
  return [
    { key: 'name', header: 'Name', cell: ({ name }) => name },
    { key: 'role', header: 'Role', width: 100, cell: ({ role }) => <span title={ROLE_MEANS[role]}>{ROLE_WORDS[role]}</span> },
    {
      key: 'made',
      header: 'Link made',
      width: 200,
      cell: ({ invitedAtMs, invitedBy }) => (
        <>
          <TimeAgo atMs={invitedAtMs} /> by {invitedBy}
        </>
      ),
    },
    {
      key: 'seen',
      header: 'Last signed in',
      width: 140,
      cell: ({ lastSeenAtMs }) => (lastSeenAtMs === null ? 'never' : <TimeAgo atMs={lastSeenAtMs} />),
    },
    {
      key: 'acts',
      header: 'Link',
      width: 160,
      cell: (person) =>
        person.revokedAtMs === null ? (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => onRevoke(person)}
            aria-label={`Revoke the link of ${person.name}`}
          >
            Revoke…
          </Button>
        ) : (
          <>
            revoked <TimeAgo atMs={person.revokedAtMs} />
          </>
        ),
    },
  ]
}

function RevokeDialog({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) {
  const revoke = useRevoke(onClose)
  return (
    <Modal opened onClose={onClose} title={`Revoke the link of ${person.name}?`} size={440}>
      <p>Their windows are signed out at once and the link stops working. What they did stays in Activity.</p>
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button data-autofocus color="red" loading={revoke.isPending} onClick={() => revoke.mutate({ personId: person.id })}>
          Revoke the link
        </Button>
      </DialogFooter>
    </Modal>
  )
}
