import { Select } from '@mantine/core'
import type { Zone } from '#shared/sites.ts'

interface ZoneSelectProps {
  readonly label: string
  readonly zones: readonly Zone[]
  readonly value: number
  readonly onChange: (zoneId: number) => void
}

/** Which zone a path alone is of; nothing to choose when there is one. */
export function ZoneSelect({ label, zones, value, onChange }: ZoneSelectProps) {
  if (zones.length < 2) return null
  return (
    <Select
      label={label}
      allowDeselect={false}
      searchable={zones.length > 8}
      value={String(value)}
      data={zones.map((zone) => ({ value: String(zone.id), label: zone.host }))}
      onChange={(chosen) => chosen !== null && onChange(Number(chosen))}
    />
  )
}
