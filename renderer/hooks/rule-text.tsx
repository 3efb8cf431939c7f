import { ruleSentence, type RuleInput } from '#shared/hook-rules.ts'
import classes from './rules.module.css'

/** A rule as a sentence, with what was chosen standing out. */
export function RuleText({ rule, sourceName }: { readonly rule: RuleInput; readonly sourceName: string | null }) {
  const parts = ruleSentence(rule, sourceName).split('**')
  return (
    <span className={classes.sentence}>
      {/* Every second part stood between the signs; the sentence never changes its order. */}
      {parts.map((part, index) => (index % 2 === 1 ? <b key={`${index} ${part}`}>{part}</b> : part))}
    </span>
  )
}
