import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { targetProblem, type RuleTarget } from '#shared/hook-rules.ts'
import classes from './rules.module.css'

interface RuleTargetsProps {
  readonly targets: readonly RuleTarget[]
  /** Not while somebody still writes the first time. */
  readonly showProblems: boolean
  readonly onChange: (targets: RuleTarget[]) => void
}

const MOST = 10

/** The tags and paths that a rule marks as changed. */
export function RuleTargets({ targets, showProblems, onChange }: RuleTargetsProps) {
  const set = (at: number, change: Partial<RuleTarget>) =>
    onChange(targets.map((target, index) => (index === at ? { ...target, ...change } : target)))
  return (
    <div className={classes.group}>
      {targets.map((target, index) => (
        // The place of a line is what it is known by: two lines may say the same while they are written.
        <div key={index} className={classes.line}>
          <span className={classes.word}>{index === 0 ? 'mark' : 'and'}</span>
          <NativeSelect
            aria-label="Tag or path"
            value={target.kind}
            data={[
              { value: 'tag', label: 'the tag' },
              { value: 'path', label: 'the path' },
            ]}
            onChange={(event) => set(index, { kind: event.currentTarget.value === 'path' ? 'path' : 'tag' })}
          />
          <TextInput
            className={classes.grows}
            aria-label={target.kind === 'tag' ? 'Tag' : 'Path'}
            placeholder={target.kind === 'tag' ? 'pb-menu:{slug}' : '/lolly/{fields.slug.en-US}'}
            value={target.text}
            error={showProblems && target.text.trim() !== '' ? targetProblem(target) : undefined}
            spellCheck={false}
            onChange={(event) => set(index, { text: event.currentTarget.value })}
          />
          <span>as changed</span>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Remove this tag or path"
            onClick={() => onChange(targets.filter((_, at) => at !== index))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      <div className={classes.line}>
        <span className={classes.word} />
        {targets.length < MOST && (
          <Button variant="subtle" onClick={() => onChange([...targets, { kind: 'tag', text: '' }])}>
            Add a tag or path
          </Button>
        )}
        <p className={classes.help}>
          {
            '{field} stands for a value of the payload, {fields.slug.*} for each language’s. What a deletion leaves out is taken from earlier deliveries.'
          }
        </p>
      </div>
    </div>
  )
}
