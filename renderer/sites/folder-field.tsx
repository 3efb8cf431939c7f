import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { sitesQueries } from './queries.ts'
import classes from './local-project.module.css'

interface FolderFieldProps {
  readonly label: string
  readonly description: string
  readonly placeholder: string
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (event: { currentTarget: { value: string } }) => void
  /** Typed to its end, or chosen from the list. */
  readonly onDone?: (folder: string) => void
}

/** A folder of the machine that runs Frostline: typed, or chosen step by step. */
export function FolderField({ onDone, ...field }: FolderFieldProps) {
  const [browsing, setBrowsing] = useState(false)
  const choose = (folder: string) => {
    field.onChange({ currentTarget: { value: folder } })
    setBrowsing(false)
    onDone?.(folder)
  }
  return (
    <div>
      <TextInput
        {...field}
        spellCheck={false}
        onBlur={() => onDone?.(field.value)}
        // Called with the input, and no component of its own: the button stays level with it, whatever stands below.
        // oxlint-disable-next-line react/no-unstable-nested-components
        inputContainer={(input) => (
          <div className={classes.folder}>
            <div className={classes.grow}>{input}</div>
            <Button variant="default" aria-expanded={browsing} onClick={() => setBrowsing(!browsing)}>
              Browse…
            </Button>
          </div>
        )}
      />
      {browsing && <FolderList start={field.value} onChoose={choose} />}
    </div>
  )
}

function FolderList({ start, onChoose }: { readonly start: string; readonly onChoose: (folder: string) => void }) {
  const [path, setPath] = useState<string | undefined>(start === '' ? undefined : start)
  const found = useQuery(sitesQueries.folders(path))
  const { data } = found
  const join = (name: string) => `${data?.path.replace(/[\\/]$/, '')}/${name}`
  return (
    <div className={classes.browser} role="group" aria-label="Folders">
      {found.isError && <FailureNote {...describeFailure(found.error)} onTryAgain={() => setPath(undefined)} />}
      {data && (
        <>
          <div className={classes.here}>
            <code>{data.path}</code>
            <Button size="compact-xs" onClick={() => onChoose(data.path)}>
              Choose this folder
            </Button>
          </div>
          <ul>
            {data.parent !== null && (
              <li>
                <button type="button" onClick={() => setPath(data.parent ?? undefined)}>
                  ↑ Up
                </button>
              </li>
            )}
            {data.folders.map((name) => (
              <li key={name}>
                <button type="button" onClick={() => setPath(join(name))}>
                  {name}
                </button>
              </li>
            ))}
            {data.folders.length === 0 && <li className={classes.quiet}>There is no folder in it.</li>}
          </ul>
        </>
      )}
    </div>
  )
}
