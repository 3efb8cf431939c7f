import { ActionIcon, Button, Checkbox, Popover } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconColumns3 } from '@tabler/icons-react'
import { useState } from 'react'
import { PAGE_COLUMNS, type PageColumn } from '#shared/page-views.ts'
import { useScreenCommands } from '#renderer/lib/screen-commands.ts'
import { COLUMN_NAMES, USUAL_COLUMNS, withColumn, withMoved } from './column-choice.ts'
import classes from './columns-menu.module.css'

interface ColumnsMenuProps {
  /** Null: the usual ones, as many as there is room for. */
  readonly columns: readonly PageColumn[] | null
  readonly onColumns: (columns: readonly PageColumn[] | null) => void
}

/** Which columns are shown, and in which order. */
export function ColumnsMenu({ columns, onColumns }: ColumnsMenuProps) {
  const [opened, setOpened] = useState(false)
  const shown = columns ?? USUAL_COLUMNS
  const hidden = PAGE_COLUMNS.filter((column) => !shown.includes(column))
  useScreenCommands([{ id: 'columns', label: 'Choose columns…', says: 'Of the list of pages', does: () => setOpened(true) }])
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus>
      <Popover.Target>
        <ActionIcon variant="default" size={30} aria-label="Columns" title="Columns" onClick={() => setOpened((now) => !now)}>
          <IconColumns3 size={16} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label="Columns" aria-modal={false}>
        <ul className={classes.columns}>
          {[...shown, ...hidden].map((column, index) => (
            <li key={column}>
              <Checkbox
                label={COLUMN_NAMES[column]}
                checked={index < shown.length}
                onChange={(event) => onColumns(withColumn(shown, column, event.currentTarget.checked))}
              />
              {index < shown.length && (
                <span className={classes.moves}>
                  <Move column={column} by={-1} at={index} shown={shown} onColumns={onColumns} />
                  <Move column={column} by={1} at={index} shown={shown} onColumns={onColumns} />
                </span>
              )}
            </li>
          ))}
        </ul>
        <div className={classes.foot}>
          <Button variant="subtle" disabled={columns === null} onClick={() => onColumns(null)}>
            The usual ones
          </Button>
          <Button variant="default" onClick={() => setOpened(false)}>
            Close
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

interface MoveProps {
  readonly column: PageColumn
  readonly by: -1 | 1
  readonly at: number
  readonly shown: readonly PageColumn[]
  readonly onColumns: (columns: readonly PageColumn[]) => void
}

function Move({ column, by, at, shown, onColumns }: MoveProps) {
  const Arrow = by === -1 ? IconArrowUp : IconArrowDown
  return (
    <ActionIcon
      variant="transparent"
      color="gray"
      size={22}
      aria-label={`${COLUMN_NAMES[column]} further to the ${by === -1 ? 'left' : 'right'}`}
      disabled={at + by < 0 || at + by >= shown.length}
      onClick={() => onColumns(withMoved(shown, column, by))}
    >
      <Arrow size={14} />
    </ActionIcon>
  )
}
