import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { useAccess } from '#renderer/lib/access.ts'
import { useActs } from '#renderer/lib/acts.ts'
import { useSite } from '#renderer/lib/current-site.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { setCoreNow } from '#renderer/ui/clock.ts'
import { ExportMenu } from '#renderer/ui/export-menu.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { Screen } from '#renderer/ui/screen.tsx'
import { FilterBar } from './filter-bar.tsx'
import { rememberColumns, rememberedColumns } from './column-choice.ts'
import { ColumnsMenu } from './columns-menu.tsx'
import { CopyMenu } from './copy-menu.tsx'
import { isFiltered, readFilter, readSort, sortAfterClick, writeFilter, writeSort } from './filter-url.ts'
import { NoPages } from './no-pages.tsx'
import { ALL_MATCHING, NOTHING, selectedCount, targetOf, type PageSelection } from './page-selection.ts'
import { PageTable } from './page-table.tsx'
import { ZoneHosts } from './path-cell.tsx'
import { pagesQueries } from './queries.ts'
import { SelectionBar } from './selection-bar.tsx'
import { usePageRows } from './use-page-rows.ts'
import { readColumns, writeColumns } from './view-address.ts'
import { ViewsMenu } from './views-menu.tsx'

interface PagesScreenProps {
  /** Drawn above the table: what runs. */
  readonly strip: ReactNode
  /** The rows that somebody sees. */
  readonly onShown: (pageIds: readonly number[]) => void
}

/** Every page of the site with what visitors get of it. */
export function PagesScreen({ strip, onShown }: PagesScreenProps) {
  const site = useSite()
  const acts = useActs()
  const { mayAct, checksAtMost } = useAccess()
  const [search, setSearch] = useSearchParams()
  const filterKey = writeFilter(new URLSearchParams(), readFilter(search)).toString()
  const filter = useMemo(() => readFilter(new URLSearchParams(filterKey)), [filterKey])
  const sort = readSort(search)
  const [chosenColumns, setChosenColumns] = useState(rememberedColumns)
  const columnsKey = search.has('columns') ? (readColumns(search) ?? []).join() : null
  const columns = useMemo(
    () => (columnsKey === null ? chosenColumns : readColumns(new URLSearchParams({ columns: columnsKey }))),
    [columnsKey, chosenColumns],
  )
  const list = usePageRows(site.id, filter, sort)
  // Rows need a hundred pages, counts every one: the rows come first.
  const counts = useQuery({ ...pagesQueries.counts(site.id, filter), enabled: !list.isPending })
  const failed = list.failed ?? (counts.isError ? counts : undefined)
  // A selection is of the rows of one filter; under another it would name rows that nobody sees.
  const [kept, setKept] = useState({ filterKey, selection: NOTHING })
  const selection = kept.filterKey === filterKey ? kept.selection : NOTHING
  const setSelection = (next: PageSelection) => setKept({ filterKey, selection: next })
  const { rows } = list
  const hosts = useMemo(() => new Map(site.zones.length > 1 ? site.zones.map((zone) => [zone.id, zone.host]) : []), [site.zones])
  const matching = counts.data?.matching ?? rows.length
  const count = selectedCount(selection, matching)
  const target = targetOf(selection, filter, matching)
  const coreNowMs = list.nowMs

  useEffect(() => {
    if (coreNowMs !== undefined) setCoreNow(coreNowMs)
  }, [coreNowMs])

  const onOpen = useCallback(
    (pageId: number) => {
      setSearch((now) => {
        const next = new URLSearchParams(now)
        next.delete('build')
        next.set('page', String(pageId))
        return next
      })
    },
    [setSearch],
  )
  const onColumns = (next: typeof columns) => {
    rememberColumns(next)
    setChosenColumns(next)
    if (columnsKey !== null) setSearch((now) => writeColumns(now, next), { replace: true })
  }
  const openPageId = Number(search.get('page')) || null

  return (
    <Screen
      fills
      title="Pages"
      note={
        counts.data &&
        (matching === counts.data.total
          ? countOf(matching, 'page')
          : `${formatCount(matching)} of ${countOf(counts.data.total, 'page')}`)
      }
      actions={
        <>
          {counts.data && count === 0 && matching > 0 && matching <= checksAtMost && (
            <Button variant="default" onClick={() => acts.check(target)}>
              Check {isFiltered(filter) ? '' : 'all '}
              {formatCount(matching)}
            </Button>
          )}
          <ViewsMenu content={{ filter, sort, columns: columns === null ? null : [...columns] }} />
          <ColumnsMenu columns={columns} onColumns={onColumns} />
          <ExportMenu
            wish={{ list: 'pages', siteId: site.id, filter, sort }}
            what={counts.data ? countOf(matching, 'page') : 'All of these'}
            rows={matching}
          />
          {mayAct && (
            <Button variant="default" onClick={acts.findPages}>
              Find pages…
            </Button>
          )}
          {mayAct && <Button onClick={acts.newPurge}>New purge…</Button>}
        </>
      }
    >
      <FilterBar
        filter={filter}
        zones={site.zones}
        counts={counts.data}
        onFilter={(next) => setSearch((now) => writeFilter(now, next), { replace: true })}
      />
      {strip}
      {failed && <FailureNote {...describeFailure(failed.error)} onTryAgain={() => void failed.refetch()} />}
      {list.isPending && <LateSkeleton rows={14} />}
      {list.isRead && rows.length === 0 && (
        <NoPages filtered={isFiltered(filter)} onClear={() => setSearch((now) => writeFilter(now, {}))} />
      )}
      {rows.length > 0 && (
        <ZoneHosts value={hosts}>
          <PageTable
            rows={rows}
            matching={matching}
            hosts={hosts}
            sort={sort}
            columns={columns}
            target={target}
            selection={selection}
            onSelect={setSelection}
            openPageId={openPageId}
            onOpen={onOpen}
            onSight={list.show}
            onShown={onShown}
            onSort={(by) => setSearch((now) => writeSort(now, sortAfterClick(sort, by)), { replace: true })}
          />
        </ZoneHosts>
      )}
      <SelectionBar
        count={count}
        matching={matching}
        target={target}
        onSelectAll={() => setSelection(ALL_MATCHING)}
        onClear={() => setSelection(NOTHING)}
      >
        <CopyMenu selection={selection} count={count} rows={rows} filter={filter} sort={sort} />
      </SelectionBar>
    </Screen>
  )
}
