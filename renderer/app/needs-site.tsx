import { useContext } from 'react'
import { Outlet } from 'react-router'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { Welcome } from '#renderer/tour/welcome.tsx'

/** Screens about a site, once there is one. */
export function NeedsSite() {
  const site = useContext(CurrentSite)
  return site ? <Outlet key={site.id} /> : <Welcome />
}
