import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { CONDITIONS, type RuleCondition } from '#shared/hook-rules.ts'
import classes from './rules.module.css'

interface RuleConditionsProps {
  readonly conditions: readonly RuleCondition[]
  readonly onChange: (conditions: RuleCondition[]) => void
}

const MOST = 5
const WORDS: Readonly<Record<RuleCondition['is'], string>> = {
  is: 'is',
  'is-not': 'is not',
  'begins-with': 'begins with',
  exists: 'is there',
}

/** What of the payload has to fit as well. */
export function RuleConditions({ conditions, onChange }: RuleConditionsProps) {
  const set = (at: number, change: Partial<RuleCondition>) =>
    onChange(conditions.map((condition, index) => (index === at ? { ...condition, ...change } : condition)))
  return (
    <div className={classes.group}>
      {conditions.map((condition, index) => (
        // The place of a line is what it is known by: two lines may say the same while they are written.
        <div key={index} className={classes.line}>
          <span className={classes.word}>and</span>
          <TextInput
            className={classes.grows}
            aria-label="Field"
            placeholder="fields.slug.en-US"
            value={condition.field}
            spellCheck={false}
            onChange={(event) => set(index, { field: event.currentTarget.value })}
          />
          <NativeSelect
            aria-label="How it compares"
            value={condition.is}
            data={CONDITIONS.map((value) => ({ value, label: WORDS[value] }))}
            onChange={({ currentTarget: { value } }) => set(index, { is: CONDITIONS.find((one) => one === value) ?? 'is' })}
          />
          {condition.is !== 'exists' && (
            <TextInput
              className={classes.grows}
              aria-label="Value"
              value={condition.value}
              spellCheck={false}
              onChange={(event) => set(index, { value: event.currentTarget.value })}
            />
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Remove this condition"
            onClick={() => onChange(conditions.filter((_, at) => at !== index))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
      {conditions.length < MOST && (
        <div className={classes.line}>
          <span className={classes.word} />
          <Button variant="subtle" onClick={() => onChange([...conditions, { field: '', is: 'is', value: '' }])}>
            Add a condition
          </Button>
        </div>
      )}
    </div>
  )
}
