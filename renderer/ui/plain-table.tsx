import { Fragment, type ReactNode } from 'react'
import classes from './plain-table.module.css'

export interface PlainColumn<Row> {
  readonly key: string
  readonly header: string
  readonly width?: number
  readonly align?: 'right'
  readonly cell: (row: Row) => ReactNode
}

interface PlainTableProps<Row> {
  readonly label: string
  readonly columns: readonly PlainColumn<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string | number
  readonly onOpen?: ((row: Row) => void) | undefined
  readonly isOpen?: (row: Row) => boolean
  /** Drawn below the row over its whole width; null: nothing. */
  readonly below?: (row: Row) => ReactNode
  /** It lies in something that scrolls both ways. */
  readonly inScroller?: boolean
}

/** What a column without a width of its own needs to say something. */
const FLEXIBLE_PX = 140

/** A short table: everything in it is drawn. Long lists use the virtual grid. */
export function PlainTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  onOpen,
  isOpen,
  below,
  inScroller = false,
}: PlainTableProps<Row>) {
  const widest = columns.reduce((sum, { width = FLEXIBLE_PX }) => sum + width, 0)
  return (
    <div className={classes.box}>
      <div className={inScroller ? undefined : classes.wide}>
        <table className={classes.table} aria-label={label} style={{ minWidth: widest }}>
          <thead>
            <tr>
              {columns.map((column) => {
                const style = { width: column.width, textAlign: column.align }
                // A column of buttons has no heading.
                // oxlint-disable-next-line jsx-a11y/control-has-associated-label
                if (column.header === '') return <td key={column.key} style={style} />
                return (
                  <th key={column.key} scope="col" title={column.header} style={style}>
                    {column.header}
                  </th>
                )
              })}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Fragment key={rowKey(row)}>
                <tr
                  data-open={isOpen?.(row) || undefined}
                  data-opens={onOpen ? true : undefined}
                  onClick={onOpen && (() => onOpen(row))}
                >
                  {columns.map((column) => (
                    <td key={column.key} style={{ textAlign: column.align }}>
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
                <Below content={below?.(row)} columns={columns.length} />
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}

function Below({ content, columns }: { readonly content: ReactNode; readonly columns: number }) {
  if (content === null || content === undefined) return null
  return (
    <tr className={classes.below}>
      <td colSpan={columns}>{content}</td>
    </tr>
  )
}
