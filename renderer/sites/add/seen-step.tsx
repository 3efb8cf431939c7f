import { Select, TextInput } from '@mantine/core'
import { Link } from 'react-router'
import type { SiteLook } from '#shared/add-site.ts'
import { formatCount, countOf } from '#renderer/ui/format.ts'
import { EDGES } from '../edge-kinds.ts'
import type { SiteFormValues } from '../site-form-values.ts'
import { madeWith } from './made-with.ts'
import { notPurgedWords } from './not-purged.ts'
import { StepFrame } from './step-frame.tsx'
import type { StepProps } from './step-props.ts'
import { lackingIn } from './steps.ts'
import classes from './add-site.module.css'

const MEANS: Record<(typeof EDGES)[number]['value'], string> = {
  cloudfront: 'Checked, explained and purged',
  varnish: 'Checked, explained and purged',
  'any-cache': 'Checked and explained; nothing is purged',
}

/** What was recognised and by what, what is wrong, and what could not be told. */
export function SeenStep({ state, onNext, onBack }: StepProps) {
  const { draft, setValues } = state
  const { look, values } = draft
  const known = look?.known[0]
  const notPurged = look !== null && values.edgeKind === 'any-cache' ? notPurgedWords(look) : null
  return (
    <StepFrame
      title="What answers"
      says={
        look ? (
          <>
            <code>{look.url}</code> answered with status {look.status}.
          </>
        ) : (
          'Nothing has answered, so nothing is known of it. Choose what is in front of it.'
        )
      }
      button="Continue"
      lacks={known === undefined ? lackingIn('seen', draft) : 'It is a zone of another site.'}
      onNext={onNext}
      onBack={onBack}
    >
      {look && known && (
        <div role="alert" className={classes.remark} data-bad>
          <strong>
            {new URL(look.url).host} is a zone of {known.name} already.
          </strong>{' '}
          A page is looked after once. <Link to={`/pages?site=${known.siteId}`}>Open {known.name}</Link>, or go back and enter
          another address.
        </div>
      )}
      {look?.problems.map(({ message, fix }) => (
        <div key={message} className={classes.remark}>
          <strong>{message}</strong> {fix}
        </div>
      ))}
      {look && <Evidence look={look} values={values} />}
      {look && look.unknown.length > 0 && (
        <ul className={classes.unknown} aria-label="What could not be told">
          {look.unknown.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <div className={classes.pair}>
        <TextInput
          label="Name"
          description="As this panel calls it"
          value={values.name}
          onChange={({ currentTarget: { value } }) => setValues({ name: value })}
          error={values.name.trim() === '' ? 'Give the site a name' : undefined}
        />
        <Select
          label="Edge"
          description={MEANS[values.edgeKind]}
          data={EDGES}
          allowDeselect={false}
          value={values.edgeKind}
          onChange={(chosen) => setValues({ edgeKind: EDGES.find(({ value }) => value === chosen)?.value ?? 'any-cache' })}
        />
      </div>
      {notPurged !== null && <p className={classes.remark}>{notPurged}</p>}
    </StepFrame>
  )
}

function Evidence({ look, values }: { readonly look: SiteLook; readonly values: SiteFormValues }) {
  const { edges, generator, tagsBy, pages } = look
  return (
    <dl className={classes.seen}>
      <dt>Edge</dt>
      <dd>
        {edges.length === 0 && <span className={classes.quiet}>not recognised</span>}
        {edges.map(({ kind, name, evidence }) => (
          <div key={kind}>
            <strong>{name}</strong>
            {evidence.map((line) => (
              <code key={line}>{line}</code>
            ))}
          </div>
        ))}
      </dd>
      <dt>Made with</dt>
      <dd>
        {generator && <strong>{generator.name}</strong>}
        {generator === null && <span className={classes.quiet}>{madeWith(values)}</span>}
        {generator?.evidence.map((line) => (
          <code key={line}>{line}</code>
        ))}
      </dd>
      <dt>Tags</dt>
      <dd>{tagsBy.length === 0 ? <span className={classes.quiet}>none on the front page</span> : tagsBy.join(', ')}</dd>
      <dt>Pages</dt>
      <dd>
        {pages.files.length === 0
          ? 'No sitemap'
          : `${pages.more ? 'More than ' : ''}${formatCount(pages.addresses)} addresses in ${countOf(pages.files.length, 'sitemap file')}`}
        {pages.robots ? '; robots.txt is there' : '; no robots.txt'}
      </dd>
    </dl>
  )
}
