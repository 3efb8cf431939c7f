import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { SourceKind } from '#shared/hook-sources.ts'
import { hooksQueries } from './queries.ts'
import { ReceiverDialog } from './receiver-dialog.tsx'
import { HOSTED } from './source-words.ts'
import classes from './hooks.module.css'

interface LocalOnlyNoteProps {
  readonly sender: SourceKind
  /** Whether the receiver is being set up; Escape then closes that alone, which whoever is below has to see to. */
  readonly open: boolean
  readonly setOpen: (open: boolean) => void
}

/** Says that a sender on the internet cannot reach this machine, before its address is pasted there. */
export function LocalOnlyNote({ sender, open, setOpen }: LocalOnlyNoteProps) {
  const { data: receiver } = useQuery(hooksQueries.receiver())
  if (receiver?.publicUrl !== null) return null
  const who = HOSTED[sender]
  return (
    <>
      <p className={classes.once} role="status">
        {who === null ? 'A sender on another machine' : `${who} delivers over the internet, and`} cannot reach this machine: the
        address begins with 127.0.0.1. Have a tunnel or relay lead here, and enter its address under{' '}
        <Anchor component="button" type="button" inherit onClick={() => setOpen(true)}>
          Receiver… → Public address
        </Anchor>
        .
      </p>
      {open && <ReceiverDialog receiver={receiver} onClose={() => setOpen(false)} />}
    </>
  )
}
