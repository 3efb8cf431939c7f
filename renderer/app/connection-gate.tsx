import { onlineManager, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore, type ReactNode } from 'react'
import { connection } from '#renderer/lib/client.ts'
import { createInvalidator, followChanges } from '#renderer/lib/events.ts'
import { cameByLink } from '#renderer/lib/sign-in.ts'
import classes from './connection-gate.module.css'

/** Whoever comes by another name has a sign-in link, and no program to start. */
const ON_THIS_MACHINE = ['127.0.0.1', 'localhost', '[::1]']

/** Shows the screens while there is a line to the core, and says so when there is none. */
export function ConnectionGate({ children }: { readonly children: ReactNode }) {
  const state = useSyncExternalStore(connection.subscribe, connection.state)
  const queryClient = useQueryClient()

  useEffect(() => {
    // Queries wait while the line is broken, and all are asked again when it is back.
    onlineManager.setOnline(state !== 'lost')
    if (state !== 'open') return
    const stop = new AbortController()
    void followChanges(createInvalidator(queryClient), stop.signal)
    return () => stop.abort()
  }, [state, queryClient])

  if (state === 'not-signed-in') {
    return (
      <main className={classes.calm}>
        <h1 className={classes.title}>Not signed in</h1>
        {cameByLink() ? (
          <p>Your sign-in link was revoked, or it is not a whole link. Ask whoever sent it for a new one.</p>
        ) : (
          <>
            {ON_THIS_MACHINE.includes(location.hostname) && (
              <p>
                An address works once, and for 60 seconds. Start Frostline again on the same machine: it opens a window or prints
                a new address, and what runs goes on.
              </p>
            )}
            <p>Were you sent a sign-in link? Open it again. When it does not work any more, ask whoever sent it for a new one.</p>
          </>
        )}
      </main>
    )
  }
  return (
    <div className={classes.window}>
      {state === 'lost' && (
        <div role="status" className={classes.lost}>
          Connection to Frostline lost. Trying again…
        </div>
      )}
      <div className={classes.rest}>{children}</div>
    </div>
  )
}
