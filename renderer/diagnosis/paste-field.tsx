import { Button, FileButton, Textarea } from '@mantine/core'
import { useWindowEvent } from '@mantine/hooks'
import { useState } from 'react'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { formatBytes } from '#renderer/ui/format.ts'
import classes from './why-form.module.css'

interface PasteFieldProps {
  readonly paste: string
  readonly onPaste: (paste: string) => void
  readonly error: string | undefined
}

/** More than this is not shown as text: nobody reads it, and a field with megabytes is slow. */
const SHOWN_CHARACTERS = 20_000
/** A recording of a long visit; more than this a window cannot read at once. */
const LARGEST_BYTES = 200_000_000

/** What the customer's own browser got: headers as text, or a recording (HAR) of their visit. */
export function PasteField({ paste, onPaste, error }: PasteFieldProps) {
  const [over, setOver] = useState(false)
  const [files, setFiles] = useState(0)
  const [failure, setFailure] = useState<string | null>(null)
  const take = (file: File | null | undefined) => {
    if (!file) return
    if (file.size > LARGEST_BYTES) {
      return setFailure(`${file.name} has ${formatBytes(file.size)}. Record only the visit to this one page, and save it again.`)
    }
    setFailure(null)
    setFiles(files + 1)
    void file.text().then(onPaste, () => setFailure(`${file.name} could not be read. Choose it again.`))
  }
  // Anywhere in the window: a file that misses the field would otherwise take the panel's place.
  useWindowEvent('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files') !== true) return
    event.preventDefault()
    setOver(true)
  })
  useWindowEvent('dragleave', (event) => {
    if (event.relatedTarget === null) setOver(false)
  })
  useWindowEvent('drop', (event) => {
    const file = event.dataTransfer?.files[0]
    setOver(false)
    if (!file) return
    event.preventDefault()
    take(file)
  })
  const wrong = failure ?? error
  return (
    <div className={classes.paste}>
      <Disclosure
        key={`${files} ${wrong !== undefined}`}
        label="Paste what the customer got"
        startsOpen={paste !== '' || files > 0 || wrong !== undefined}
      >
        <div className={classes.box} role="group" aria-label="What the customer got" data-over={over || undefined}>
          {paste.length > SHOWN_CHARACTERS ? (
            <div className={classes.row}>
              <span>A recording with {formatBytes(paste.length)} of text</span>
              <Button variant="default" onClick={() => onPaste('')}>
                Remove
              </Button>
            </div>
          ) : (
            <Textarea
              label="Response headers or a HAR file"
              placeholder={'HTTP/2 200\nage: 4120\nx-cache: Hit from cloudfront\nx-amz-cf-pop: FRA56-P4'}
              autosize
              minRows={4}
              maxRows={10}
              value={paste}
              onChange={(event) => onPaste(event.currentTarget.value)}
              spellCheck={false}
              classNames={{ input: 'fl-mono' }}
            />
          )}
          <div className={classes.row}>
            <FileButton accept=".har,application/json,text/plain" onChange={take} inputProps={{ 'aria-label': 'HAR file' }}>
              {(props) => (
                <Button {...props} variant="default">
                  Choose a .har file…
                </Button>
              )}
            </FileButton>
            <span className={classes.note}>or drop it on this window</span>
          </div>
          <p className={classes.note}>
            Kept in this window only, for this question: status, headers and time of this page&apos;s answer, and a fingerprint of
            its body. Cookies, sign-ins and everything else in it are dropped.
          </p>
          {wrong !== undefined && (
            <p className={classes.wrong} role="alert">
              {wrong}
            </p>
          )}
        </div>
      </Disclosure>
    </div>
  )
}
