import { createContext, useContext } from 'react'
import type { PageRow } from '#shared/pages.ts'
import { usePathName } from '#renderer/ui/path-text.tsx'
import classes from './path-cell.module.css'

/** The hosts of the zones by id; empty where a site has only one, since naming it says nothing. */
export const ZoneHosts = createContext<ReadonlyMap<number, string>>(new Map())

export function PathCell({ row }: { readonly row: PageRow }) {
  const host = useContext(ZoneHosts).get(row.zoneId)
  return (
    <span className={classes.cell} title={host === undefined ? row.path : `${host}${row.path}`}>
      <span className={classes.path}>{usePathName(row.path)}</span>
      {host !== undefined && <span className={classes.host}>{host}</span>}
    </span>
  )
}
