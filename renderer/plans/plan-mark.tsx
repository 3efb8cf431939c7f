import type { Plan } from '#shared/plans.ts'
import { planLook } from './plan-words.ts'
import classes from './plan-mark.module.css'

/** Where a plan stands, by shape, word and colour. */
export function PlanMark({ plan }: { readonly plan: Plan }) {
  const { look, word } = planLook(plan)
  return (
    <span className={classes.mark} data-look={look}>
      <span className={classes.sign} aria-hidden>
        {SIGNS[look]}
      </span>
      {word}
    </span>
  )
}

const SIGNS: Record<ReturnType<typeof planLook>['look'], string> = {
  draft: '◌',
  waiting: '○',
  going: '◐',
  verified: '●',
  partly: '▲',
  failed: '■',
  cancelled: '–',
}
