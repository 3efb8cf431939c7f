import { Select, Textarea, TextInput, type TextInputProps } from '@mantine/core'
import { describeFailure } from '#renderer/lib/failure.ts'
import { FolderField } from './folder-field.tsx'
import { detectedValues, projectOf, type LocalProjectValues } from './local-project-values.ts'
import { useDetectProject } from './mutations.ts'
import { TestRun } from './test-run.tsx'
import classes from './sites.module.css'
import projectClasses from './local-project.module.css'

interface LocalProjectFieldsProps {
  readonly values: LocalProjectValues
  readonly set: (change: Partial<LocalProjectValues>) => void
  readonly field: (name: keyof LocalProjectValues) => {
    readonly value: string
    readonly error: string | undefined
    readonly onChange: NonNullable<TextInputProps['onChange']> & ((event: { currentTarget: { value: string } }) => void)
  }
}

const ADDRESSES = [
  { value: 'no', label: '/about.html' },
  { value: 'yes', label: '/about' },
] as const

/** A project on this machine: its folder says how it is built, and everything of that can be changed. */
export function LocalProjectFields({ values, set, field }: LocalProjectFieldsProps) {
  const look = useDetectProject((found) => set(detectedValues(found.detection)))
  const detect = (folder: string) => {
    if (folder.trim() !== '' && folder !== look.variables?.folder) look.mutate({ folder })
  }
  const found = look.data
  return (
    <>
      <FolderField
        label="Project folder"
        description="On the machine that runs Frostline"
        placeholder="/home/ada/site"
        {...field('projectFolder')}
        error={field('projectFolder').error ?? (look.isError ? describeFailure(look.error).message : undefined)}
        onDone={detect}
      />
      {found && (
        <p role="status" className={projectClasses.found}>
          <strong>{found.detection.name}</strong> {found.detection.reason}
          {found.problem && (
            <span className={projectClasses.bad}>
              {' '}
              {found.problem.message} {found.problem.fix}
            </span>
          )}
        </p>
      )}
      <div className={classes.pair}>
        <TextInput
          label="Command"
          description="As in a terminal, in that folder"
          placeholder="npm run build"
          spellCheck={false}
          {...field('buildCommand')}
        />
        <TextInput
          label="Output folder"
          description="Below the project: what visitors get"
          placeholder="dist"
          spellCheck={false}
          {...field('outputFolder')}
        />
      </div>
      <TestRun project={projectOf(values)} />
      <Textarea
        label="Variables of the build"
        description="Optional, NAME=value, one a line. Kept as secrets, and left out of the log"
        placeholder="CONTENTFUL_TOKEN=…"
        autosize
        minRows={1}
        maxRows={8}
        spellCheck={false}
        {...field('buildEnvironment')}
      />
      <FolderField
        label="Publish to"
        description="Optional: a folder that your web server serves. Empty: the bucket below, if published to"
        placeholder="/srv/www/site"
        {...field('publishFolder')}
      />
      <div className={projectClasses.three}>
        <Select
          label="about.html is asked for as"
          data={ADDRESSES}
          allowDeselect={false}
          value={values.dropHtml}
          onChange={(chosen) => set({ dropHtml: chosen === 'yes' ? 'yes' : 'no' })}
        />
        <TextInput label="Releases kept" inputMode="numeric" {...field('keepReleases')} />
        <TextInput label="Ended after, minutes" inputMode="numeric" {...field('timeoutMinutes')} />
      </div>
    </>
  )
}
