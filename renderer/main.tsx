import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './ui/tokens.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Root } from './app/root.tsx'
import { router } from './app/routes.tsx'
import { applyAppearance } from './lib/appearance.ts'
import { connection } from './lib/client.ts'
import { followShellRoutes } from './lib/shell-routes.ts'

const element = document.getElementById('root')
if (!element) throw new Error('The page has no element with the id "root".')
applyAppearance()
connection.start()
followShellRoutes((route) => void router.navigate(route))
createRoot(element).render(
  <StrictMode>
    <Root />
  </StrictMode>,
)
