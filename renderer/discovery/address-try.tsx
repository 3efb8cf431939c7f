import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { canonicalPage, type PageRules } from '#shared/page-identity.ts'
import type { Site } from '#shared/sites.ts'
import { byRules } from './rule-words.ts'
import classes from './discovery.module.css'

/** What page an address becomes, and by which rule, while it is typed. */
export function AddressTry({ site, rules }: { readonly site: Site; readonly rules: PageRules }) {
  const [text, setText] = useState('')
  return (
    <div className={classes.try}>
      <TextInput
        label="Try an address"
        placeholder={`${site.zones[0]?.url ?? ''}/Menu/index.html?utm_source=mail`}
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <output className={classes.tried} aria-label="What it becomes">
        {text.trim() !== '' && <Tried text={text} site={site} rules={rules} />}
      </output>
    </div>
  )
}

function Tried({ text, site, rules }: { readonly text: string; readonly site: Site; readonly rules: PageRules }) {
  const typed = text.trim()
  const address = typed.startsWith('/') ? (site.zones[0]?.url ?? '') + typed : typed
  const page = canonicalPage(address, rules)
  if (page === null) return <>Not a web address. Write it with https:// in front, or as a path with / in front.</>
  const mine = site.zones.some((zone) => zone.host === page.host)
  return (
    <>
      <code>
        {page.host}
        {page.path}
      </code>{' '}
      <span className={classes.quiet}>
        {page.changedBy.length === 0 ? 'unchanged' : `changed by: ${byRules(page.changedBy)}`}
        {mine ? '' : `; ${page.host} is no zone of this site`}
      </span>
    </>
  )
}
