import { Link } from 'react-router'
import type { Home } from '#shared/home.ts'
import { countOf, formatCount } from '#renderer/ui/format.ts'
import { FreshnessMark } from '#renderer/ui/freshness-mark.tsx'
import { FRESHNESS_ORDER, freshnessLook } from '#renderer/ui/freshness-words.ts'
import { StackBar } from '#renderer/ui/stack-bar.tsx'
import classes from './home.module.css'

/** How the pages stand, as one line of parts and as words with counts. */
export function FreshnessNow({ home }: { readonly home: Home }) {
  // A word says what attention it needs whether or not its copy was compared; only "fresh" has two names.
  const parts = FRESHNESS_ORDER.flatMap((word) => {
    const groups = home.freshness.filter((group) => group.word === word)
    const all = groups.reduce((sum, group) => sum + group.pages, 0)
    if (word !== 'fresh') return all === 0 ? [] : [{ word, proven: false, pages: all }]
    return groups.sort((a, b) => Number(a.proven) - Number(b.proven))
  })
  return (
    <>
      <StackBar
        label={parts.map((part) => `${freshnessLook(part.word, part.proven).says}: ${part.pages}`).join(', ')}
        parts={parts.map(({ word, proven, pages }) => {
          const look = freshnessLook(word, proven)
          return {
            key: `${word} ${proven}`,
            value: pages,
            colour: look.colour,
            title: `${look.says}: ${countOf(pages, 'page')}`,
            pale: (word === 'fresh' && !proven) || word === 'unknown' || word === 'failed' || word === 'absent',
          }
        })}
      />
      <ul className={classes.words}>
        {parts.map(({ word, proven, pages }) => (
          <li key={`${word} ${proven}`}>
            <Link to={`/pages?freshness=${word}`}>
              <FreshnessMark word={word} proven={proven} /> <b>{formatCount(pages)}</b>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
