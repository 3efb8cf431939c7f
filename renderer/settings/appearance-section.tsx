import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useId } from 'react'
import { DENSITIES, MOTIONS, setAppearance, useAppearance } from '#renderer/lib/appearance.ts'
import classes from './appearance-section.module.css'

const SCHEMES = ['light', 'dark', 'auto'] as const
const WORDS: Record<(typeof SCHEMES | typeof DENSITIES | typeof MOTIONS)[number], string> = {
  light: 'Light',
  dark: 'Dark',
  auto: 'As the system',
  comfortable: 'Comfortable',
  compact: 'Compact',
  system: 'As the system',
  reduced: 'Reduced',
}

/** How the panel looks in this window's browser. Nothing here has a Save: it is done as it is chosen. */
export function AppearanceSection() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { density, motion } = useAppearance()
  return (
    <section className={classes.section} aria-label="Appearance">
      <Choice name="Colours" values={SCHEMES} value={colorScheme} onChoose={setColorScheme} />
      <Choice name="Rows of tables" values={DENSITIES} value={density} onChoose={(next) => setAppearance({ density: next })} />
      <Choice name="Motion" values={MOTIONS} value={motion} onChoose={(next) => setAppearance({ motion: next })} />
      <p className={classes.note}>Kept in this browser. Others who open this panel choose for themselves.</p>
    </section>
  )
}

interface ChoiceProps<Value extends keyof typeof WORDS> {
  readonly name: string
  readonly values: readonly Value[]
  readonly value: Value
  readonly onChoose: (value: Value) => void
}

function Choice<Value extends keyof typeof WORDS>({ name, values, value, onChoose }: ChoiceProps<Value>) {
  const id = useId()
  return (
    <div className={classes.choice}>
      <span id={id}>{name}</span>
      <SegmentedControl
        size="sm"
        aria-labelledby={id}
        value={value}
        data={values.map((each) => ({ value: each, label: WORDS[each] }))}
        onChange={onChoose}
      />
    </div>
  )
}
