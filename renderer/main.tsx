import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './ui/tokens.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { activityQueries } from './activity/queries.ts'
import { queryClient } from './app/query-client.tsx'
import { Root } from './app/root.tsx'
import { router } from './app/routes.tsx'
import { applyAppearance } from './lib/appearance.ts'
import { connection } from './lib/client.ts'
import { followShellRoutes } from './lib/shell-routes.ts'
import { sitesQueries } from './sites/queries.ts'

const element = document.getElementById('root')
if (!element) throw new Error('The page has no element with the id "root".')
applyAppearance()
connection.start()
// Asked while the first screen's script is on its way: nothing is drawn without these answers.
void queryClient.prefetchQuery(activityQueries.me())
void queryClient.prefetchQuery(sitesQueries.list())
followShellRoutes((route) => void router.navigate(route))
createRoot(element).render(
  <StrictMode>
    <Root />
  </StrictMode>,
)
