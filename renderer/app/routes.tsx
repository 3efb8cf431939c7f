import { createBrowserRouter, Navigate } from 'react-router'
import { useAccess } from '#renderer/lib/access.ts'
import { BrokenScreen } from './broken-screen.tsx'
import { Frame } from './frame.tsx'
import { NeedsSite } from './needs-site.tsx'

/**
 * Every screen has an address. `app://frostline/` in the desktop window and the loopback origin in a browser serve the same ones.
 * A screen's script is loaded when it is first shown, so that the first one comes soon.
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
          { path: '/home', lazy: { Component: async () => (await import('./home-route.tsx')).HomeRoute } },
          { path: '/pages', lazy: { Component: async () => (await import('./pages-route.tsx')).PagesRoute } },
          {
            path: '/pages/:pageId',
            lazy: { Component: async () => (await import('#renderer/pages/page-screen.tsx')).PageScreen },
          },
          { path: '/tags', lazy: { Component: async () => (await import('./tags-route.tsx')).TagsRoute } },
          { path: '/purges', lazy: { Component: async () => (await import('#renderer/plans/purges-screen.tsx')).PurgesScreen } },
          {
            path: '/purges/:planId',
            lazy: { Component: async () => (await import('./plan-route.tsx')).PlanRoute },
          },
          { path: '/budget', lazy: { Component: async () => (await import('#renderer/budget/budget-screen.tsx')).BudgetScreen } },
          { path: '/builds', lazy: { Component: async () => (await import('#renderer/builds/builds-screen.tsx')).BuildsScreen } },
          { path: '/hooks', lazy: { Component: async () => (await import('#renderer/hooks/hooks-screen.tsx')).HooksScreen } },
        ],
      },
      {
        path: '/activity',
        lazy: { Component: async () => (await import('#renderer/activity/activity-screen.tsx')).ActivityScreen },
      },
      { path: '/why', lazy: { Component: async () => (await import('#renderer/diagnosis/why-screen.tsx')).WhyScreen } },
      { path: '/people', lazy: { Component: async () => (await import('#renderer/people/people-screen.tsx')).PeopleScreen } },
      { path: '/sites', lazy: { Component: async () => (await import('#renderer/sites/sites-screen.tsx')).SitesScreen } },
      { path: '*', element: <Start /> },
    ],
  },
])

/** Owners begin with the whole, operators with the pages, support with the question that they are asked. */
function Start() {
  const { mayAct, mayOwn } = useAccess()
  return <Navigate to={mayOwn ? '/home' : mayAct ? '/pages' : '/why'} replace />
}

/** For the moment until the first screen's script is there. */
function Nothing() {
  return null
}
