import { PasswordInput, Select, Textarea, type TextInputProps } from '@mantine/core'
import type { SiteFormValues } from './site-form-values.ts'
import classes from './sites.module.css'

interface VarnishFieldsProps {
  readonly values: SiteFormValues
  readonly set: (change: Partial<SiteFormValues>) => void
  readonly field: (name: keyof SiteFormValues) => Pick<TextInputProps, 'value' | 'error'> & {
    readonly onChange: (event: { currentTarget: { value: string } }) => void
  }
}

const STYLES = [
  { value: 'hard', label: 'Hard: gone at once' },
  { value: 'soft', label: 'Soft: served once more' },
] as const

/** Where each Varnish is, and what its VCL asks for before it purges. */
export function VarnishFields({ values, set, field }: VarnishFieldsProps) {
  return (
    <>
      <Textarea
        label="Varnish addresses"
        description="One a line, one for each instance: each keeps copies of its own"
        placeholder="http://10.0.0.1:6081"
        autosize
        minRows={1}
        maxRows={8}
        spellCheck={false}
        {...field('varnishAddresses')}
      />
      <div className={classes.pair}>
        <PasswordInput
          label="Secret"
          description="FROSTLINE_SECRET of varnishd. Kept as a secret"
          autoComplete="off"
          {...field('varnishSecret')}
        />
        <Select
          label="Purges"
          description="Soft needs grace in the VCL; a prefix is always hard"
          data={STYLES}
          allowDeselect={false}
          value={values.purgeStyle}
          onChange={(chosen) => set({ purgeStyle: STYLES.find(({ value }) => value === chosen)?.value ?? 'hard' })}
          error={field('purgeStyle').error}
        />
      </div>
    </>
  )
}
