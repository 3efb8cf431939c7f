import { Button } from '@mantine/core'
import { createBrowserRouter, Navigate, useLocation, useNavigate } from 'react-router'
import { useAccess } from '#renderer/lib/access.ts'
import { EmptyNote } from '#renderer/ui/empty-note.tsx'
import { BrokenScreen } from './broken-screen.tsx'
import { Frame } from './frame.tsx'
import { NeedsSite } from './needs-site.tsx'
import { SCREENS, shown } from './screens.ts'

/**
 * Every screen has an address. `app://frostline/` in the desktop window and the loopback origin in a browser serve the same ones.
 * A screen's script is loaded when it is first shown, so that the first one comes soon; the others follow when it is quiet.
 */
export const router = createBrowserRouter([
  {
    element: <Frame />,
    HydrateFallback: Nothing,
    errorElement: <BrokenScreen />,
    children: [
      {
        element: <NeedsSite />,
        errorElement: <BrokenScreen />,
        children: [
          { path: '/home', lazy: shown(SCREENS.home) },
          { path: '/pages', lazy: shown(SCREENS.pages) },
          { path: '/pages/:pageId', lazy: shown(SCREENS.page) },
          { path: '/tags', lazy: shown(SCREENS.tags) },
          { path: '/purges', lazy: shown(SCREENS.purges) },
          { path: '/purges/:planId', lazy: shown(SCREENS.plan) },
          { path: '/budget', lazy: shown(SCREENS.budget) },
          { path: '/builds', lazy: shown(SCREENS.builds) },
          { path: '/hooks', lazy: shown(SCREENS.hooks) },
        ],
      },
      { path: '/link', lazy: shown(SCREENS.link) },
      { path: '/activity', lazy: shown(SCREENS.activity) },
      { path: '/why', lazy: shown(SCREENS.why) },
      { path: '/people', lazy: shown(SCREENS.people) },
      { path: '/settings/:section?', lazy: shown(SCREENS.settings) },
      { path: '/sites', lazy: shown(SCREENS.sites) },
      { path: '/sites/new', lazy: shown(SCREENS.addSite) },
      { path: '/sites/:siteId', lazy: shown(SCREENS.site) },
      { path: '/credentials', lazy: shown(SCREENS.credentials) },
      { index: true, element: <Start /> },
      { path: '*', element: <NoScreen /> },
    ],
  },
])

/** Owners begin with the whole, operators with the pages, support with the question that they are asked. */
function Start() {
  const { mayAct, mayOwn } = useAccess()
  return <Navigate to={mayOwn ? '/home' : mayAct ? '/pages' : '/why'} replace />
}

/** An address that was mistyped, or is of another version. */
function NoScreen() {
  const navigate = useNavigate()
  return (
    <EmptyNote title="There is no such screen" action={<Button onClick={() => void navigate('/')}>Go to the start</Button>}>
      Nothing of Frostline has the address {useLocation().pathname}.
    </EmptyNote>
  )
}

/** For the moment until the first screen's script is there. */
function Nothing() {
  return null
}
