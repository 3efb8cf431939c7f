import { Radio, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { ListedDistribution } from '#shared/add-site.ts'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import classes from './add-site.module.css'

interface DistributionListProps {
  readonly distributions: readonly ListedDistribution[]
  readonly chosen: string
  readonly onChoose: (distribution: ListedDistribution) => void
}

const SEARCH_FROM = 7
const NAMED = 4

/** The distributions of the account, the one of the site's host chosen. */
export function DistributionList({ distributions, chosen, onChoose }: DistributionListProps) {
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const shown = distributions.filter(({ id, aliases, comment, domainName }) =>
    [id, comment, domainName, ...aliases].some((word) => word.toLowerCase().includes(wanted)),
  )
  return (
    <div>
      {distributions.length >= SEARCH_FROM && (
        <TextInput
          aria-label="Search distributions"
          placeholder={`Search ${countOf(distributions.length, 'distribution')}`}
          value={text}
          onChange={({ currentTarget: { value } }) => setText(value)}
          mb={8}
        />
      )}
      <Radio.Group
        label="Distribution"
        value={chosen}
        onChange={(id) => {
          const found = distributions.find((one) => one.id === id)
          if (found) onChoose(found)
        }}
      >
        <div className={classes.distributions}>
          {shown.map(({ id, aliases, comment, domainName, enabled, origins }) => (
            <Radio
              key={id}
              value={id}
              label={[id, comment].filter(Boolean).join(' · ') + (enabled ? '' : ' (disabled)')}
              description={`${aliasWords(aliases) || domainName} ← ${origins.join(', ')}`}
            />
          ))}
          {shown.length === 0 && <span className={classes.quiet}>None of them has this in it.</span>}
        </div>
      </Radio.Group>
    </div>
  )
}

function aliasWords(aliases: readonly string[]): string {
  const more = aliases.length - NAMED
  return aliases.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${formatCount(more)} more` : '')
}
