import type { Receiver } from '#shared/hooks.ts'
import { formatCount } from '#renderer/ui/format.ts'

/** Where deliveries arrive, and whether some wait. */
export function ReceiverLine({ receiver }: { readonly receiver: Receiver }) {
  const waits = receiver.waiting > 0 ? ` · ${formatCount(receiver.waiting)} wait to be worked through` : ''
  return (
    <span title="Senders reach this machine only. A tunnel or relay leads to it from outside; docs/hooks/README.md says how.">
      {placeOf(receiver)}
      {waits}
    </span>
  )
}

function placeOf({ state, port, publicUrl }: Receiver): string {
  if (state === 'off') return 'No port is open'
  if (state === 'failed') return `Port ${port ?? ''} could not be opened`
  if (state === 'starting') return 'Opening the port…'
  return publicUrl === null ? `Listening on 127.0.0.1:${port ?? ''}, for this machine only` : `Listening behind ${publicUrl}`
}
