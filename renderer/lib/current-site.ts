import { createContext, useContext } from 'react'
import type { Site } from '#shared/sites.ts'

export const CurrentSite = createContext<Site | null>(null)

/** The site that the window shows. Only for screens that the frame opens when there is one. */
export function useSite(): Site {
  const site = useContext(CurrentSite)
  if (!site) throw new Error('This screen needs a site, and none is open.')
  return site
}
