import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { isReadable } from '#shared/hook-readings.ts'
import type { SourceKind, SourceReveal } from '#shared/hook-sources.ts'
import { CopyTextButton } from '#renderer/ui/copy-text-button.tsx'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { LocalOnlyNote } from './local-only-note.tsx'
import { hooksQueries } from './queries.ts'
import { outsideAddress, STEPS } from './source-words.ts'
import classes from './hooks.module.css'

interface SourceRevealedProps {
  readonly kind: SourceKind
  readonly reveal: SourceReveal
  readonly onDone: () => void
}

/** The address and the secret, this once, and what to do with them. */
export function SourceRevealed({ kind, reveal, onDone }: SourceRevealedProps) {
  const [receiving, setReceiving] = useState(false)
  const { data: receiver } = useQuery(hooksQueries.receiver())
  return (
    <div className={classes.form}>
      <p className={classes.once}>
        Copy both now: they are not shown again. Lost ones are made anew, and the ones before then stop working.
      </p>
      <LocalOnlyNote sender={kind} open={receiving} setOpen={setReceiving} />
      <Copyable label="Address" text={outsideAddress(reveal.address, receiver?.publicUrl ?? null)} />
      <Copyable label="Secret" text={reveal.secret} />
      <div>
        <p className={classes.label}>What to do at the sender</p>
        <ol className={classes.steps}>
          {STEPS[kind].map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </div>
      {isReadable(kind) && (
        <p className={classes.quiet}>
          While this machine sleeps nothing arrives. Choose “Ask it for changes…” of this source, and Frostline asks afterwards.
        </p>
      )}
      <DialogFooter>
        <Button onClick={onDone}>I have both</Button>
      </DialogFooter>
    </div>
  )
}

function Copyable({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div>
      <p className={classes.label}>{label}</p>
      <div className={classes.secret}>
        <code aria-label={label}>{text}</code>
        <CopyTextButton label={`Copy ${label.toLowerCase()}`} text={() => text} />
      </div>
    </div>
  )
}
