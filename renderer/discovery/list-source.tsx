import { Button, FileButton, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { LIST_CHARACTERS_AT_MOST } from '#shared/discovery.ts'
import type { Site } from '#shared/sites.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { describeFailure } from '#renderer/lib/failure.ts'
import { useFind, useFindOnDisk } from './mutations.ts'
import { SourceFrame } from './source-frame.tsx'
import { ZoneSelect } from './zone-select.tsx'
import classes from './discovery.module.css'

interface SourceProps {
  readonly site: Site
  readonly onStarted: (jobId: string) => void
}

/** Pasted lines, a small file from this window, or a large one by its path where Frostline runs. */
export function ListSource({ site, onStarted }: SourceProps) {
  const { mayOwn } = useAccess()
  const [text, setText] = useState('')
  const [path, setPath] = useState('')
  const [zoneId, setZoneId] = useState(site.zones[0]?.id ?? 0)
  const [tooLarge, setTooLarge] = useState<string | null>(null)
  const find = useFind(onStarted)
  const findOnDisk = useFindOnDisk(onStarted)
  const error = find.error ?? findOnDisk.error
  const failure = error ? describeFailure(error) : null
  const atPath = failure?.field === 'source.path'
  const take = async (file: File | null) => {
    setTooLarge(null)
    if (file === null) return
    if (file.size > LIST_CHARACTERS_AT_MOST)
      return setTooLarge(
        `${file.name} is too large for this window. ${mayOwn ? 'Give its path below.' : 'Ask the owner to read it by its path.'}`,
      )
    const bytes = await file.arrayBuffer()
    const wide = new Uint8Array(bytes.slice(0, 2)).join()
    setText(new TextDecoder(wide === '255,254' ? 'utf-16le' : wide === '254,255' ? 'utf-16be' : 'utf-8').decode(bytes))
  }
  return (
    <SourceFrame
      does="Takes addresses or paths, one a line, or a CSV file: the column url or path, else the first one."
      costs="No request. Up to 20 new pages are checked afterwards."
      limits="2 MB here, 1 GiB by a path; a line that is no page of this site is listed with its number."
      button={text.trim() === '' && path.trim() !== '' ? 'Read the file' : 'Take the list'}
      ready={text.trim() !== '' || path.trim() !== ''}
      busy={find.isPending || findOnDisk.isPending}
      failure={atPath ? null : failure}
      onStart={() =>
        text.trim() === ''
          ? findOnDisk.mutate({ siteId: site.id, source: { kind: 'file', path, zoneId } })
          : find.mutate({ siteId: site.id, source: { kind: 'list', text, zoneId } })
      }
    >
      <Textarea
        data-autofocus
        label="Addresses or paths"
        placeholder={`${site.zones[0]?.url ?? ''}/menu\n/news/opening`}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        rows={8}
        spellCheck={false}
        error={tooLarge}
        classNames={{ input: 'fl-mono' }}
      />
      <div className={classes.files}>
        <FileButton onChange={(file) => void take(file)} accept=".csv,.txt,.tsv,text/csv,text/plain">
          {(props) => (
            <Button variant="default" {...props}>
              Choose a file…
            </Button>
          )}
        </FileButton>
        {mayOwn && (
          <TextInput
            className={classes.grows}
            aria-label="Path of a large file"
            placeholder="Or the path of a large file where Frostline runs, such as /home/ada/urls.csv.gz"
            value={path}
            disabled={text.trim() !== ''}
            onChange={(event) => setPath(event.currentTarget.value)}
            error={atPath ? `${failure?.message} ${failure?.fix ?? ''}` : undefined}
          />
        )}
      </div>
      <ZoneSelect label="Paths alone are of" zones={site.zones} value={zoneId} onChange={setZoneId} />
    </SourceFrame>
  )
}
