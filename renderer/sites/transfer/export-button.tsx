import { Button } from '@mantine/core'
import { EXPORT_ENDING } from '#shared/settings-file.ts'
import { saveFile } from '#renderer/lib/save-file.ts'
import { useExportSettings } from '../mutations.ts'

interface ExportButtonProps {
  /** Null: of all sites. */
  readonly siteIds: readonly string[] | null
  readonly name: string
}

/** Hands settings to the person as a file. No secret is in it. */
export function ExportButton({ siteIds, name }: ExportButtonProps) {
  const exporting = useExportSettings()
  const start = () =>
    exporting.mutate(
      { siteIds: siteIds === null ? null : [...siteIds] },
      {
        onSuccess: (file) =>
          saveFile(`${fileName(name)}.${EXPORT_ENDING}`, 'application/json', `${JSON.stringify(file, null, 2)}\n`),
      },
    )
  return (
    <Button
      variant="default"
      loading={exporting.isPending}
      onClick={start}
      title="Everything but secrets, which are entered anew where it is imported"
    >
      Export settings
    </Button>
  )
}

const fileName = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'site'
