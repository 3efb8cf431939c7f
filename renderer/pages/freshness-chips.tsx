import type { FreshnessWord } from '#shared/http-cache/freshness.ts'
import type { PageCounts } from '#shared/pages.ts'
import { formatCount } from '#renderer/ui/format.ts'
import { FreshnessShapeMark } from '#renderer/ui/freshness-mark.tsx'
import { FRESHNESS_ORDER, freshnessLook } from '#renderer/ui/freshness-words.ts'
import classes from './freshness-chips.module.css'

interface FreshnessChipsProps {
  readonly chosen: readonly FreshnessWord[]
  readonly counts: PageCounts['byWord'] | undefined
  readonly onChoose: (words: FreshnessWord[]) => void
}

/** One chip a word, with how many pages have it; several may be chosen. */
export function FreshnessChips({ chosen, counts, onChoose }: FreshnessChipsProps) {
  return (
    <div className={classes.chips} role="group" aria-label="Freshness">
      {FRESHNESS_ORDER.map((word) => {
        const on = chosen.includes(word)
        const count = counts?.[word] ?? 0
        // "fresh" holds both kinds, so the chip has a name for the two of them together.
        const says = word === 'fresh' ? 'Up to date or in date' : freshnessLook(word, false).says
        return (
          <button
            key={word}
            type="button"
            className={classes.chip}
            aria-pressed={on}
            data-none={(counts && count === 0) || undefined}
            title={freshnessLook(word, false).meaning}
            onClick={() => onChoose(on ? chosen.filter((other) => other !== word) : [...chosen, word])}
          >
            <FreshnessShapeMark word={word} proven={word === 'fresh'} />
            <span>{says}</span>
            {counts && <span className={classes.count}>{formatCount(count)}</span>}
          </button>
        )
      })}
    </div>
  )
}
