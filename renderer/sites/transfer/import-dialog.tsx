import { Button, FileButton, Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { EXPORT_ENDING, EXPORT_LONGEST, type ImportedSite } from '#shared/settings-file.ts'
import { describeFailure, type Failure } from '#renderer/lib/failure.ts'
import { DialogFooter } from '#renderer/ui/dialog-footer.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { countOf } from '#renderer/ui/format.ts'
import { useImportSettings, usePreviewImport, useReadSettingsFile } from '../mutations.ts'
import classes from './import.module.css'

const TOO_LARGE: Failure = {
  message: 'This file is too large for settings of sites.',
  fix: 'Choose a file that was made with Export settings; several smaller ones can be imported one after the other.',
  field: null,
  retryable: false,
  isGone: false,
}

interface ImportDialogProps {
  /** A file of the machine that runs Frostline, which the system has opened it with. */
  readonly path: string | null
  readonly onClose: () => void
}

/** Shows what a file of settings would do, and does it when it is wanted. */
export function ImportDialog({ path, onClose }: ImportDialogProps) {
  const [file, setFile] = useState<{ readonly name: string; readonly text: string } | null>(null)
  const [tooLarge, setTooLarge] = useState(false)
  const reading = useReadSettingsFile()
  const preview = usePreviewImport()
  const run = useImportSettings()
  const { mutate: read } = reading
  const { mutate: show } = preview
  useEffect(() => {
    if (path === null) return
    read(
      { path },
      {
        onSuccess(found) {
          setFile(found)
          show({ text: found.text })
        },
      },
    )
  }, [path, read, show])
  const choose = async (chosen: File | null) => {
    if (!chosen) return
    reading.reset()
    preview.reset()
    run.reset()
    setTooLarge(chosen.size > EXPORT_LONGEST)
    setFile(null)
    if (chosen.size > EXPORT_LONGEST) return
    const text = await chosen.text()
    setFile({ name: chosen.name, text })
    preview.mutate({ text })
  }
  const refusal = [run, preview, reading].find((call) => call.isError)
  const failure = tooLarge ? TOO_LARGE : refusal ? describeFailure(refusal.error) : null
  const done = run.data
  const shown = done ?? preview.data
  const writes = preview.data?.filter(({ verdict }) => verdict === 'add' || verdict === 'change').length ?? 0
  return (
    <Modal opened onClose={onClose} title="Import settings of sites" size={620} closeOnClickOutside={false}>
      {!done && (
        <div className={classes.choose}>
          <FileButton accept={`.${EXPORT_ENDING},.json,application/json`} onChange={(chosen) => void choose(chosen)}>
            {(props) => (
              <Button variant="default" data-autofocus loading={preview.isPending || reading.isPending} {...props}>
                Choose a file…
              </Button>
            )}
          </FileButton>
          <span className={classes.quiet}>
            {file
              ? file.name
              : 'Made with Export settings, here or elsewhere. Nothing is written before you have seen what would be.'}
          </span>
        </div>
      )}
      {failure && <FailureNote message={failure.message} fix={failure.fix} />}
      {shown && <ImportedList sites={shown} done={done !== undefined} />}
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          {done ? 'Close' : 'Cancel'}
        </Button>
        {!done && (
          <Button
            disabled={!file || writes === 0}
            loading={run.isPending}
            onClick={() => file && run.mutate({ text: file.text })}
          >
            {writes === 0 ? 'Import' : `Import ${countOf(writes, 'site')}`}
          </Button>
        )}
      </DialogFooter>
    </Modal>
  )
}

const VERDICTS: Record<ImportedSite['verdict'], readonly [before: string, after: string]> = {
  add: ['Will be added', 'Added'],
  change: ['Will be changed', 'Changed'],
  same: ['Is the same already', 'Was the same already'],
  refused: ['Is refused', 'Was refused'],
}

function ImportedList({ sites, done }: { readonly sites: readonly ImportedSite[]; readonly done: boolean }) {
  return (
    <ul className={classes.list} aria-label="Sites of the file">
      {sites.map(({ index, name, verdict, changes, problems, needs, siteId }) => (
        <li key={index} data-verdict={verdict}>
          <div className={classes.line}>
            <strong>{name}</strong>
            <span className={classes.verdict}>{VERDICTS[verdict][done ? 1 : 0]}</span>
            {done && needs.length > 0 && siteId !== null && (
              <Button
                component={Link}
                to={`/sites/${siteId}`}
                size="compact-sm"
                variant="default"
                className={classes.enter ?? ''}
              >
                Enter its secrets
              </Button>
            )}
          </div>
          {changes.map((change) => (
            <div key={change} className={classes.change}>
              {change}
            </div>
          ))}
          {problems.map(({ field, reason }) => (
            <div key={field} className={classes.bad}>
              <code>{field}</code> {reason}
            </div>
          ))}
          {needs.length > 0 && <div className={classes.needs}>Needs {needs.join(', ')}</div>}
        </li>
      ))}
    </ul>
  )
}
