import { Button, Modal, Radio, Stack, TextInput } from '@mantine/core'
import { useState, type SubmitEvent } from 'react'
import { ROLES, type Role } from '#shared/calls.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { CopyTextButton } from '#renderer/ui/copy-text-button.tsx'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { useInvite } from './mutations.ts'
import { reachWords } from './reach-words.ts'
import { ROLE_MEANS, ROLE_WORDS } from './role-words.ts'

/** Makes a sign-in link and shows it this once. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('support')
  const invite = useInvite()
  const failure = invite.isError ? describeFailure(invite.error) : null
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    invite.mutate({ name, role })
  }
  if (invite.data) {
    const { person, secret } = invite.data
    return <LinkDialog name={person.name} link={`${location.origin}/#link=${secret}`} onClose={onClose} />
  }
  return (
    <Modal opened onClose={onClose} title="New sign-in link" size={480}>
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          label="Whose it is"
          description="Activity shows this name beside what they do."
          placeholder="Sam, support"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={failure?.field === 'name' ? failure.message : undefined}
        />
        <Radio.Group
          mt={16}
          label="Role"
          value={role}
          onChange={(value) => setRole(ROLES.find((one) => one === value) ?? 'support')}
        >
          <Stack gap={8} mt={8}>
            {ROLES.toReversed().map((one) => (
              <Radio key={one} value={one} label={ROLE_WORDS[one]} description={ROLE_MEANS[one]} />
            ))}
          </Stack>
        </Radio.Group>
        {failure && failure.field !== 'name' && <FailureNote {...failure} />}
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={invite.isPending}>
            Make the link
          </Button>
        </DialogFooter>
      </form>
    </Modal>
  )
}

function LinkDialog({ name, link, onClose }: { readonly name: string; readonly link: string; readonly onClose: () => void }) {
  return (
    <Modal opened onClose={onClose} title={`The link of ${name}`} size={560} closeOnClickOutside={false}>
      <p>Send it to nobody else: whoever opens it is signed in as {name}. It is shown this once and works until you revoke it.</p>
      <TextInput
        data-autofocus
        aria-label="Sign-in link"
        readOnly
        value={link}
        onFocus={(event) => event.currentTarget.select()}
        styles={{ input: { fontFamily: 'var(--fl-mono)' } }}
      />
      <p>{reachWords(location)}</p>
      <DialogFooter>
        <CopyTextButton label="Copy link" text={() => link} />
        <Button onClick={onClose}>Done</Button>
      </DialogFooter>
    </Modal>
  )
}
