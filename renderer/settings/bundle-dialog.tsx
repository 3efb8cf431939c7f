import { Button, Checkbox, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { describeFailure } from '#renderer/lib/failure.ts'
import { saveFile } from '#renderer/lib/save-file.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { formatBytes } from '#renderer/ui/format.ts'
import { LateSkeleton } from '#renderer/ui/late-skeleton.tsx'
import { upkeepQueries } from './queries.ts'
import { ScrollBox } from './scroll-box.tsx'
import classes from './settings.module.css'

/** Shows what a diagnostics bundle holds before it is saved: exactly these texts. */
export function BundleDialog({ onClose }: { readonly onClose: () => void }) {
  const [withoutAddresses, setWithoutAddresses] = useState(true)
  const bundle = useQuery(upkeepQueries.bundle(!withoutAddresses))
  const save = () => {
    if (!bundle.data) return
    const bytes = Uint8Array.from(atob(bundle.data.zipBase64), (letter) => letter.charCodeAt(0))
    saveFile(bundle.data.fileName, 'application/zip', bytes)
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title="Diagnostics bundle" size={720}>
      <div className={classes.content}>
        <p style={{ margin: 0 }}>
          For whoever helps you. It is saved on your machine and sent to nobody. Secrets are never in it; open a part to see
          exactly what is.
        </p>
        <Checkbox
          label="Leave out addresses"
          description="Hosts are called host-1, host-2 …, and what stands behind them is left out"
          checked={withoutAddresses}
          onChange={(event) => setWithoutAddresses(event.currentTarget.checked)}
        />
        {bundle.isError && <FailureNote {...describeFailure(bundle.error)} onTryAgain={() => void bundle.refetch()} />}
        {bundle.isPending && <LateSkeleton />}
        {bundle.data?.parts.map(({ name, says, bytes, text }) => (
          <Disclosure
            key={name}
            label={
              <>
                <span className={classes.path}>{name}</span>
                <span className={classes.quiet}>
                  {says}, {formatBytes(bytes)}
                </span>
              </>
            }
          >
            <ScrollBox label={name}>
              <pre className={classes.preview}>{text === '' ? '(empty)' : text}</pre>
            </ScrollBox>
          </Disclosure>
        ))}
      </div>
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={!bundle.data || bundle.isFetching} onClick={save}>
          Save {bundle.data?.fileName ?? ''}
        </Button>
      </DialogFooter>
    </Modal>
  )
}
