import { Button, TextInput } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { describeFailure } from '#renderer/lib/failure.ts'
import { Disclosure } from '#renderer/ui/disclosure.tsx'
import { FailureNote } from '#renderer/ui/failure-note.tsx'
import { FolderField } from '../folder-field.tsx'
import { detectedValues } from '../local-project-values.ts'
import { useDetectProject } from '../mutations.ts'
import { useLook } from './calls.ts'
import { withLook, withoutLook } from './draft.ts'
import { StepFrame } from './step-frame.tsx'
import type { StepProps } from './step-props.ts'
import classes from './add-site.module.css'

/** The one thing that a person has to know: the address of the site. */
export function AddressStep({ state, onNext }: StepProps) {
  const { draft, change, setValues } = state
  const look = useLook()
  const detect = useDetectProject(({ detection }) => setValues({ builderKind: 'local', ...detectedValues(detection) }))
  const found = detect.data
  const failure = look.isError ? describeFailure(look.error) : null
  const asking = useRef<AbortController>(null)
  useEffect(() => () => asking.current?.abort(), [])
  const cancel = () => {
    asking.current?.abort()
    look.reset()
  }
  const folder = draft.values.projectFolder.trim()
  /** A folder that was not looked at yet is looked at first: one that is none would only be refused at the end. */
  const ask = (privateToo: boolean) => {
    if (folder === '' || (folder === detect.variables?.folder && found)) return lookAt(privateToo)
    detect.mutate({ folder }, { onSuccess: () => lookAt(privateToo) })
  }
  const lookAt = (privateToo: boolean) => {
    asking.current = new AbortController()
    look.mutate(
      { address: draft.address, privateToo, signal: asking.current.signal },
      {
        onSuccess(seen) {
          change((now) => ({ ...withLook(now, seen), privateToo }))
          onNext()
        },
      },
    )
  }
  const atField = failure?.field === 'address'
  const blind = failure === null || failure.field === 'privateToo' ? null : withoutLook(draft)
  return (
    <StepFrame
      title="Which site?"
      says="Its front page is asked once, as a visitor would, then robots.txt and the sitemaps. Nothing is stored."
      button="Look"
      lacks={draft.address.trim() === '' ? 'Enter the address of the site.' : null}
      busy={look.isPending}
      more={
        look.isPending && (
          <Button variant="default" onClick={cancel}>
            Cancel
          </Button>
        )
      }
      onNext={() => ask(draft.privateToo)}
      onBack={null}
    >
      <TextInput
        label="Address"
        description="As in a browser; https is added when it is missing"
        placeholder="www.example.com"
        data-autofocus
        spellCheck={false}
        value={draft.address}
        onChange={({ currentTarget: { value } }) => {
          look.reset()
          change((now) => ({ ...now, address: value, privateToo: false, unseen: false }))
        }}
        error={atField ? failure.message : undefined}
      />
      {look.isPending && (
        <p role="status" className={classes.quiet}>
          Asking {look.variables.address.trim()} for its front page, then for robots.txt and the sitemaps. It is given 15 seconds
          for each.
        </p>
      )}
      {atField && failure.fix !== null && <p className={classes.quiet}>{failure.fix}</p>}
      {failure && !atField && (
        <FailureNote
          message={failure.message}
          fix={failure.fix}
          onTryAgain={failure.field === null && failure.retryable ? () => ask(draft.privateToo) : undefined}
        />
      )}
      {failure?.field === 'privateToo' && (
        <div>
          <Button variant="default" onClick={() => ask(true)}>
            It is mine: look
          </Button>
        </div>
      )}
      {blind && (
        <div className={classes.row}>
          <Button
            variant="default"
            onClick={() => {
              change(() => blind)
              onNext()
            }}
          >
            Go on without an answer
          </Button>
          <span className={classes.quiet}>For a site that is not there yet. What would be recognised has to be chosen.</span>
        </div>
      )}
      <Disclosure label="Its project lies on this machine, too (optional)" startsOpen={draft.values.projectFolder !== ''}>
        <FolderField
          label="Project folder"
          description="Nothing of it is run: its files say how it is built"
          placeholder="/home/ada/site"
          value={draft.values.projectFolder}
          error={detect.isError ? describeFailure(detect.error).message : undefined}
          onChange={({ currentTarget: { value } }) =>
            setValues({ projectFolder: value, builderKind: value === '' ? 'hook' : 'local' })
          }
          onDone={(typed) =>
            typed.trim() !== '' && typed.trim() !== detect.variables?.folder && detect.mutate({ folder: typed.trim() })
          }
        />
        {found && (
          <p role="status" className={classes.quiet}>
            {[found.detection.name, found.detection.reason, found.problem?.message, found.problem?.fix].filter(Boolean).join(' ')}
          </p>
        )}
      </Disclosure>
    </StepFrame>
  )
}
