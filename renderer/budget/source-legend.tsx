import { PURGE_SOURCES } from '#shared/budget.ts'
import { SOURCES } from './source-words.ts'
import classes from './budget.module.css'

/** Whose items the colours stand for. */
export function SourceLegend() {
  return (
    <div className={classes.legend}>
      {PURGE_SOURCES.map((source) => (
        <span key={source}>
          <i style={{ background: SOURCES[source].colour }} aria-hidden /> {SOURCES[source].says}
        </span>
      ))}
    </div>
  )
}
