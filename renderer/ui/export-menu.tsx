import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { EXPORT_FORMATS, type ExportFormat, type ExportWish } from '#shared/exporting.ts'
import { useActs } from '#renderer/lib/acts.ts'
import { useScreenCommands } from '#renderer/lib/screen-commands.ts'
import classes from './export-menu.module.css'

const WORDS: Record<ExportFormat, { readonly label: string; readonly says: string }> = {
  csv: { label: 'CSV', says: 'for spreadsheets' },
  json: { label: 'JSON', says: 'for programs' },
}

interface ExportMenuProps {
  readonly wish: ExportWish
  /** What goes into the file: "41 pages", "All purges". */
  readonly what: string
  /** How many rows that is, about; null when nobody knows. */
  readonly rows?: number | null
}

/** Writes a whole list into a file, not only what is shown of it. The palette offers the same. */
export function ExportMenu({ wish, what, rows = null }: ExportMenuProps) {
  const acts = useActs()
  const write = (format: ExportFormat) => acts.exportList(wish, format, rows)
  useScreenCommands(
    EXPORT_FORMATS.map((format) => ({
      id: `export ${wish.list} ${format}`,
      label: `Export as ${WORDS[format].label}`,
      says: what,
      also: 'file save download',
      does: () => write(format),
    })),
  )
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={13} aria-hidden />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{what}, into a file</Menu.Label>
        {EXPORT_FORMATS.map((format) => (
          <Menu.Item key={format} onClick={() => write(format)}>
            {WORDS[format].label} <span className={classes.says}>{WORDS[format].says}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
