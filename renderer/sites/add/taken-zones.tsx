import { Button } from '@mantine/core'
import type { Site } from '#shared/sites.ts'
import { countOf } from '#renderer/ui/format.ts'
import classes from './add-site.module.css'

const NAMED = 3

/** The sites that are here already, by the hosts of their zones. */
export function namesByHost(sites: readonly Pick<Site, 'name' | 'zones'>[]): ReadonlyMap<string, string> {
  return new Map(sites.flatMap(({ name, zones }) => zones.map(({ host }) => [host, name] as const)))
}

/** Those of the zones that belong to another site, each with its name. */
export function takenOf(zones: readonly string[], names: ReadonlyMap<string, string>): { zone: string; name: string }[] {
  if (names.size === 0) return []
  return zones.flatMap((zone) => {
    const name = names.get(URL.parse(zone)?.host ?? '')
    return name === undefined ? [] : [{ zone, name }]
  })
}

interface TakenZonesProps {
  readonly taken: ReturnType<typeof takenOf>
  readonly onLeaveOut: () => void
}

/** Zones of other sites that came with the distribution: the site would be refused because of them. */
export function TakenZones({ taken, onLeaveOut }: TakenZonesProps) {
  const more = taken.length - NAMED
  return (
    <div role="alert" className={classes.remark} data-bad>
      {taken.slice(0, NAMED).map(({ zone, name }) => (
        <div key={zone}>
          <strong>
            {new URL(zone).host} is a zone of {name} already.
          </strong>
        </div>
      ))}
      {more > 0 && (
        <div>
          So {more === 1 ? 'is' : 'are'} {countOf(more, 'more zone')}.
        </div>
      )}
      <div className={classes.row}>
        <span>A page is looked after once.</span>
        <Button variant="default" onClick={onLeaveOut}>
          Leave {taken.length === 1 ? 'it' : 'them'} out
        </Button>
      </div>
    </div>
  )
}
