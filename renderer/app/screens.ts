import { lazy, type ComponentType, type LazyExoticComponent } from 'react'

type LoadScreen = () => Promise<ComponentType>

/** The scripts of the screens, each loaded when its screen is first shown or when there is time for it. */
export const SCREENS = {
  home: async () => (await import('./home-route.tsx')).HomeRoute,
  pages: async () => (await import('./pages-route.tsx')).PagesRoute,
  page: async () => (await import('#renderer/pages/page-screen.tsx')).PageScreen,
  tags: async () => (await import('./tags-route.tsx')).TagsRoute,
  purges: async () => (await import('#renderer/plans/purges-screen.tsx')).PurgesScreen,
  plan: async () => (await import('./plan-route.tsx')).PlanRoute,
  budget: async () => (await import('#renderer/budget/budget-screen.tsx')).BudgetScreen,
  builds: async () => (await import('#renderer/builds/builds-screen.tsx')).BuildsScreen,
  hooks: async () => (await import('#renderer/hooks/hooks-screen.tsx')).HooksScreen,
  link: async () => (await import('./open-link.tsx')).OpenLink,
  activity: async () => (await import('#renderer/activity/activity-screen.tsx')).ActivityScreen,
  why: async () => (await import('#renderer/diagnosis/why-screen.tsx')).WhyScreen,
  people: async () => (await import('#renderer/people/people-screen.tsx')).PeopleScreen,
  addSite: async () => (await import('#renderer/sites/add/add-site-screen.tsx')).AddSiteScreen,
  site: async () => (await import('#renderer/sites/settings/settings-screen.tsx')).SiteSettingsScreen,
  credentials: async () => (await import('#renderer/credentials/credentials-screen.tsx')).CredentialsScreen,
  settings: async () => (await import('#renderer/settings/settings-screen.tsx')).SettingsScreen,
  sites: async () => (await import('#renderer/sites/sites-screen.tsx')).SitesScreen,
} satisfies Record<string, LoadScreen>

/** What opens beside and over them. */
export const PARTS = {
  dialogs: async () => (await import('./act-dialogs.tsx')).ActDialogs,
  overlays: async () => (await import('./overlays.tsx')).Overlays,
  panel: async () => (await import('./open-panel.tsx')).OpenPanel,
}

/** The script of a screen could not be fetched: Frostline has ended, or was replaced by another version. */
export class ScreenMissing extends Error {}

const missing = (cause: unknown): never => {
  throw new ScreenMissing('The script of this screen could not be loaded.', { cause })
}

/** Loads a screen for the router. Throws `ScreenMissing`. */
export const shown = (load: LoadScreen): { readonly Component: LoadScreen } => ({ Component: () => load().catch(missing) })

/** A part of the window that is loaded when it is first drawn, below a `Suspense`. Throws `ScreenMissing`. */
export function part<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await load().catch(missing) }))
}

/** Loads what has not been shown yet, so that a lost connection keeps no screen away. */
export async function loadAllScreens(): Promise<void> {
  await Promise.allSettled([...Object.values<() => Promise<unknown>>(SCREENS), ...Object.values(PARTS)].map((load) => load()))
}
