import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from 'react-router/dom'
import { ConnectionGate } from './connection-gate.tsx'
import { queryClient } from './query-client.tsx'
import { router } from './routes.tsx'
import { theme } from './theme.ts'
import classes from './root.module.css'

const nonce = () => document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''

/** The whole window: looks, queries, connection, then the screens. */
export function Root() {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={nonce}>
      <Notifications className={classes.notes ?? ''} position="bottom-left" limit={4} containerWidth={340} />
      <QueryClientProvider client={queryClient}>
        <ConnectionGate>
          <RouterProvider router={router} />
        </ConnectionGate>
      </QueryClientProvider>
    </MantineProvider>
  )
}
