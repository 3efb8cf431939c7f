import { useCallback, useEffect } from 'react'
import { useSearchParams } from 'react-router'
import type { Site } from '#shared/sites.ts'

const REMEMBERED = 'frostline-site'

/** The site of the window: the address's, else the one of last time, else the first. Choosing one goes to its pages. */
export function useChosenSite(sites: readonly Site[] | undefined): [Site | null, (siteId: string) => void] {
  const [search, setSearch] = useSearchParams()
  const asked = search.get('site')
  const known = (id: string | null) => sites?.find((site) => site.id === id)
  const site = known(asked) ?? known(localStorage.getItem(REMEMBERED)) ?? sites?.[0] ?? null
  const id = site?.id
  useEffect(() => {
    if (id !== undefined) localStorage.setItem(REMEMBERED, id)
  }, [id])
  const choose = useCallback(
    (siteId: string) => {
      localStorage.setItem(REMEMBERED, siteId)
      setSearch({ site: siteId })
    },
    [setSearch],
  )
  return [site, choose]
}
