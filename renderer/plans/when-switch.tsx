import { Button } from '@mantine/core'
import { WHEN, type When } from '#shared/plan-choices.ts'
import { WHEN_NAMES } from './when-words.ts'

interface WhenSwitchProps {
  readonly label: string
  /** Null: not all the same. */
  readonly chosen: When | null
  readonly disabled: boolean
  readonly onChoose: (when: When) => void
}

/** The three answers side by side, for some pages at once. */
export function WhenSwitch({ label, chosen, disabled, onChoose }: WhenSwitchProps) {
  return (
    <div role="group" aria-label={label}>
      <Button.Group>
        {WHEN.map((when) => (
          <Button
            key={when}
            size="compact-sm"
            variant={when === chosen ? 'light' : 'default'}
            aria-pressed={when === chosen}
            disabled={disabled}
            onClick={() => onChoose(when)}
          >
            {WHEN_NAMES[when]}
          </Button>
        ))}
      </Button.Group>
    </div>
  )
}
