import { Radio, Textarea } from '@mantine/core'
import { formatCount } from '#renderer/ui/format.ts'
import type { Draft } from './draft.ts'
import { StepFrame } from './step-frame.tsx'
import type { StepProps } from './step-props.ts'
import { lackingIn } from './steps.ts'
import classes from './add-site.module.css'

const isWay = (value: string): value is Draft['find'] => ['sitemaps', 'crawl', 'list'].includes(value)

/** Where the list of pages comes from, the sitemap when there is one. */
export function PagesStep({ state, onNext, onBack, addNow }: StepProps) {
  const { draft, change } = state
  const pages = draft.look?.pages
  return (
    <StepFrame
      title="How pages are found"
      says="Frostline reads sitemaps and releases from time to time by itself. More ways, and rules for addresses, are under Find pages later."
      button="Continue"
      lacks={lackingIn('pages', draft)}
      onNext={onNext}
      onBack={onBack}
      more={addNow}
    >
      <Radio.Group
        label="Pages come from"
        value={draft.find}
        onChange={(find) => isWay(find) && change((now) => ({ ...now, find }))}
      >
        <div className={classes.choices}>
          <Radio
            value="sitemaps"
            label="The sitemaps"
            description={
              pages === undefined || pages.files.length === 0
                ? 'None was found; they are looked for again from time to time'
                : `${pages.more ? 'More than ' : ''}${formatCount(pages.addresses)} addresses were counted. One request for each file; nothing is rendered`
            }
          />
          <Radio
            value="crawl"
            label="A crawl"
            description="Follows links from the front page, as robots.txt allows: at most 1,000 requests, 2 a second, and it stops after 500 renders"
          />
          <Radio value="list" label="A list" description="Addresses or paths, one a line. No request" />
        </div>
      </Radio.Group>
      {draft.find === 'list' && (
        <Textarea
          aria-label="Addresses or paths"
          placeholder={`${draft.look?.url ?? draft.values.addresses.split('\n')[0]}/menu\n/news/opening`}
          rows={6}
          spellCheck={false}
          value={draft.list}
          onChange={({ currentTarget: { value } }) => change((now) => ({ ...now, list: value }))}
          classNames={{ input: 'fl-mono' }}
        />
      )}
    </StepFrame>
  )
}
