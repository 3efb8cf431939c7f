import { Button, CloseButton, Pill, Select, TextInput } from '@mantine/core'
import { hint } from '#renderer/lib/use-shortcuts.ts'
import { IconSearch, IconTag } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { SERVED_AS, ServedAs, type PageCounts, type PageFilter } from '#shared/pages.ts'
import type { Zone } from '#shared/sites.ts'
import { countOf, formatCount, formatExact, formatMoment } from '#renderer/ui/format.ts'
import { isFiltered } from './filter-url.ts'
import { FreshnessChips } from './freshness-chips.tsx'
import { useTypedText } from './use-typed-text.ts'
import classes from './filter-bar.module.css'

interface FilterBarProps {
  readonly filter: PageFilter
  readonly onFilter: (filter: PageFilter) => void
  readonly zones: readonly Zone[]
  readonly counts: PageCounts | undefined
}

/** What narrows the table down. Every part of it is in the address. */
export function FilterBar({ filter, onFilter, zones, counts }: FilterBarProps) {
  // Two fields may be told in one moment, before the first is back here as the filter.
  const latest = useRef(filter)
  useEffect(() => {
    latest.current = filter
  }, [filter])
  const change = (part: PageFilter) => {
    latest.current = { ...latest.current, ...part }
    onFilter(latest.current)
  }
  const [text, setText] = useTypedText(filter.text ?? '', (typed) => change({ text: typed || undefined }))
  const [tag, setTag] = useTypedText(filter.tag ?? '', (typed) => change({ tag: typed || undefined }))
  return (
    <div className={classes.bar} role="search" aria-label="Filter pages">
      <div className={classes.line}>
        <TextInput
          className={classes.text}
          aria-label="Search paths"
          {...hint('filter', 'Search paths')}
          placeholder="Part of a path"
          value={text}
          leftSection={<IconSearch size={14} aria-hidden />}
          onChange={(event) => setText(event.currentTarget.value)}
          rightSection={text !== '' && <CloseButton size="xs" aria-label="Clear search" onClick={() => setText('')} />}
        />
        <TextInput
          className={classes.tag}
          aria-label="Tag"
          placeholder="Tag"
          value={tag}
          leftSection={<IconTag size={14} aria-hidden />}
          onChange={(event) => setTag(event.currentTarget.value)}
          rightSection={tag !== '' && <CloseButton size="xs" aria-label="Clear tag" onClick={() => setTag('')} />}
        />
        <Select
          className={classes.served}
          aria-label="Served as"
          placeholder="Served as"
          clearable
          value={filter.servedAs?.[0] ?? null}
          data={SERVED_AS.map((word) => ({
            value: word,
            label: counts ? `${word} ${formatCount(counts.byServedAs[word] ?? 0)}` : word,
          }))}
          onChange={(value) => change({ servedAs: value === null ? undefined : [ServedAs.parse(value)] })}
        />
        {zones.length > 1 && (
          <Select
            className={classes.zone}
            aria-label="Zone"
            placeholder={`All ${countOf(zones.length, 'zone')}`}
            clearable
            searchable={zones.length > 8}
            value={filter.zoneIds?.[0]?.toString() ?? null}
            data={zones.map((zone) => ({ value: String(zone.id), label: zone.host }))}
            onChange={(value) => change({ zoneIds: value === null ? undefined : [Number(value)] })}
          />
        )}
        {filter.changedSinceMs !== undefined && (
          <Pill
            withRemoveButton
            removeButtonProps={{ 'aria-label': 'Any time of change', 'aria-hidden': false, tabIndex: 0 }}
            onRemove={() => change({ changedSinceMs: undefined })}
            title={formatExact(filter.changedSinceMs)}
          >
            Changed since {formatMoment(filter.changedSinceMs)}
          </Pill>
        )}
        {filter.foundSinceMs !== undefined && (
          <Pill
            withRemoveButton
            removeButtonProps={{ 'aria-label': 'Found at any time', 'aria-hidden': false, tabIndex: 0 }}
            onRemove={() => change({ foundSinceMs: undefined })}
            title={formatExact(filter.foundSinceMs)}
          >
            Found since {formatMoment(filter.foundSinceMs)}
          </Pill>
        )}
        {isFiltered(filter) && (
          <Button
            variant="subtle"
            onClick={() => {
              setText('')
              setTag('')
              onFilter({})
            }}
          >
            Clear filter
          </Button>
        )}
      </div>
      <FreshnessChips
        chosen={filter.freshness ?? []}
        counts={counts?.byWord}
        onChoose={(freshness) => change({ freshness: freshness.length > 0 ? freshness : undefined })}
      />
    </div>
  )
}
