import type { CauseId } from '#shared/diagnosis.ts'
import { causeDoc } from './cause-docs.ts'
import { CAUSE_NAMES } from './cause-words.ts'
import { DocText } from './doc-text.tsx'
import classes from './cause-page.module.css'

/** What one cause means and what mends it, before anything was asked. */
export function CausePage({ id }: { readonly id: CauseId }) {
  const load = causeDoc(id)
  if (load === null) return null
  return (
    <section className={classes.page} aria-label={CAUSE_NAMES[id]}>
      <h2>{CAUSE_NAMES[id]}</h2>
      <DocText id={id} load={load} />
    </section>
  )
}
