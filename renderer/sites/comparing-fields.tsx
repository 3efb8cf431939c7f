import { Switch, Textarea, TextInput } from '@mantine/core'
import classes from './sites.module.css'

interface FieldProps {
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (event: { currentTarget: { value: string } }) => void
}

interface ComparingFieldsProps {
  readonly field: (
    name: 'bucket' | 'bucketPrefix' | 'bucketRegion' | 'bucketEndpoint' | 'htmlHours' | 'releasesKept' | 'volatileSelectors',
  ) => FieldProps
  /** Whether builds are brought to the bucket from here; null where no edge could be pointed at them. */
  readonly publishes: boolean | null
  readonly setPublishes: (publishes: boolean) => void
}

/** How copies are compared with what the origin has, where the origin's address is not enough. */
export function ComparingFields({ field, publishes, setPublishes }: ComparingFieldsProps) {
  return (
    <>
      <div className={classes.pair}>
        <TextInput
          label="S3 bucket of the origin"
          description="Optional. Read with the edge's credentials"
          placeholder="my-site-pages"
          spellCheck={false}
          {...field('bucket')}
        />
        <TextInput
          label="Endpoint of the bucket"
          description="Optional: of a store that is not AWS's"
          placeholder="https://"
          spellCheck={false}
          {...field('bucketEndpoint')}
        />
      </div>
      <div className={classes.pair}>
        <TextInput
          label="Prefix in the bucket"
          description={publishes === true ? 'Optional: releases/ lies below it' : 'Optional: the origin path of the distribution'}
          placeholder={publishes === true ? 'www' : 'releases/r-7'}
          spellCheck={false}
          {...field('bucketPrefix')}
        />
        <TextInput
          label="Region of the bucket"
          description="Optional: us-east-1 unless you say otherwise"
          placeholder="eu-central-1"
          spellCheck={false}
          {...field('bucketRegion')}
        />
      </div>
      {publishes !== null && (
        <Switch
          label="Publish to this bucket"
          description="Finished builds are brought to releases/ in it, and the distribution is pointed at the newest"
          checked={publishes}
          onChange={(event) => setPublishes(event.currentTarget.checked)}
        />
      )}
      {publishes === true && (
        <div className={classes.pair}>
          <TextInput
            label="Hours that the edge keeps pages"
            description="A purge ends it earlier"
            inputMode="numeric"
            {...field('htmlHours')}
          />
          <TextInput
            label="Releases kept"
            description="So many can be gone back to; older ones are removed"
            inputMode="numeric"
            {...field('releasesKept')}
          />
        </div>
      )}
      <Textarea
        label="Parts that change at every render"
        description="Optional, one a line: #id, .class, [attribute] or a tag. They do not count when bodies are compared; nonces and form tokens never do"
        placeholder="#clock"
        autosize
        minRows={2}
        maxRows={6}
        spellCheck={false}
        {...field('volatileSelectors')}
      />
    </>
  )
}
