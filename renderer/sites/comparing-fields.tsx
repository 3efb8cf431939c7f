import { Textarea, TextInput } from '@mantine/core'
import classes from './sites.module.css'

interface FieldProps {
  readonly value: string
  readonly error: string | undefined
  readonly onChange: (event: { currentTarget: { value: string } }) => void
}

interface ComparingFieldsProps {
  readonly field: (name: 'bucket' | 'bucketPrefix' | 'bucketRegion' | 'volatileSelectors') => FieldProps
}

/** How copies are compared with what the origin has, where the origin's address is not enough. */
export function ComparingFields({ field }: ComparingFieldsProps) {
  return (
    <>
      <TextInput
        label="S3 bucket of the origin"
        description="Optional: its objects tell what the origin has. Read with the edge's credentials"
        placeholder="my-site-pages"
        spellCheck={false}
        {...field('bucket')}
      />
      <div className={classes.pair}>
        <TextInput
          label="Prefix in the bucket"
          description="Optional: the origin path of the distribution"
          placeholder="releases/r-7"
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
