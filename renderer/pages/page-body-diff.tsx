import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { BodyDiff, BodySide } from '#shared/layers.ts'
import type { PageDetail } from '#shared/pages.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf, formatBytes } from '#renderer/ui/format.ts'
import { TimeAgo } from '#renderer/ui/time-text.tsx'
import { foldDiff } from './fold-diff.ts'
import { pagesQueries } from './queries.ts'
import classes from './page-body-diff.module.css'

/** The edge's body against the origin's, line by line; both are asked only when a person says so. */
export function PageBodyDiff({ page }: { readonly page: PageDetail }) {
  const asked = useQuery(pagesQueries.bodies(page.id))
  return (
    <section aria-label="Body diff" className={classes.diff}>
      <div className={classes.ask}>
        <p className={classes.cost}>
          1 request to the edge, 1 to the origin, at most 1 MB each. No purges are used. The edge may store a copy by it, and a
          page rendered on demand is rendered.
        </p>
        <Button variant="default" loading={asked.isFetching} onClick={() => void asked.refetch()}>
          {asked.data ? 'Compare again' : 'Compare bodies'}
        </Button>
      </div>
      {asked.isError && <FailureNote {...describeFailure(asked.error)} />}
      {asked.data && <Comparison key={asked.dataUpdatedAt} diff={asked.data} />}
    </section>
  )
}

function Comparison({ diff }: { readonly diff: BodyDiff }) {
  const blocks = diff.blocks
  return (
    <>
      <p className={classes.sides}>
        <TimeAgo atMs={diff.atMs} />. Edge: {sideWords(diff.edge)}. Origin: {sideWords(diff.origin)}.
      </p>
      {diff.note !== null && <p className={classes.note}>{diff.note}</p>}
      {blocks !== null && <Verdict blocks={blocks} />}
      {blocks !== null && blocks.some(({ kind }) => kind !== 'same') && <DiffLines blocks={blocks} />}
    </>
  )
}

function sideWords(side: BodySide): string {
  if (!side.ok) return `cannot be had: ${side.why.replace(/\.$/, '')}`
  const from = side.vantage === null ? '' : ` from here (${side.vantage})`
  return `status ${side.status}, ${formatBytes(side.sizeBytes)}${from}`
}

type Blocks = NonNullable<BodyDiff['blocks']>
const linesIn = (blocks: Blocks, wanted: Blocks[number]['kind']) =>
  blocks.filter(({ kind }) => kind === wanted).reduce((sum, { lines }) => sum + lines.length, 0)

function Verdict({ blocks }: { readonly blocks: Blocks }) {
  const [removed, added] = [linesIn(blocks, 'removed'), linesIn(blocks, 'added')]
  return (
    <p role="status" className={classes.verdict}>
      {removed + added === 0
        ? 'Not one line differs.'
        : `${countOf(removed, 'line')} only at the edge, ${countOf(added, 'line')} only at the origin.`}
    </p>
  )
}

/** A body may have tens of thousands of changed lines; more than this at once would stop the window. */
const ROWS_SHOWN = 2_000
const SIGNS = { same: ' ', removed: '−', added: '+' } as const
const SAYS = { same: undefined, removed: 'only at the edge', added: 'only at the origin' } as const

function DiffLines({ blocks }: { readonly blocks: Blocks }) {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set())
  const [shown, setShown] = useState(ROWS_SHOWN)
  const rows = useMemo(() => foldDiff(blocks, opened), [blocks, opened])
  return (
    <>
      {/* What scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className={classes.scroller} role="region" aria-label="Changed lines" tabIndex={0}>
        <table className={classes.lines}>
          <thead className={classes.head}>
            <tr>
              <th scope="col">Edge</th>
              <th scope="col">Origin</th>
              <th scope="col">Line</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row) =>
              row.kind === 'folded' ? (
                <tr key={`fold ${row.at}`} className={classes.folded}>
                  <td colSpan={3}>
                    <button type="button" onClick={() => setOpened(new Set([...opened, row.at]))}>
                      {countOf(row.count, 'unchanged line')} – show
                    </button>
                  </td>
                </tr>
              ) : (
                <tr key={`${row.edge ?? ''} ${row.origin ?? ''}`} data-kind={row.kind}>
                  <td className={classes.number}>{row.edge}</td>
                  <td className={classes.number}>{row.origin}</td>
                  <td className={classes.text}>
                    <span
                      className={classes.sign}
                      role={SAYS[row.kind] && 'img'}
                      aria-label={SAYS[row.kind]}
                      title={SAYS[row.kind]}
                    >
                      {SIGNS[row.kind]}
                    </span>
                    {row.text}
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </div>
      {rows.length > shown && (
        <Button variant="subtle" onClick={() => setShown(shown + ROWS_SHOWN)}>
          Show more of {countOf(rows.length, 'line')}
        </Button>
      )}
    </>
  )
}
