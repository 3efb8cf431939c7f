import type { Draft } from './draft.ts'
import { furthestStep, isDone, STEPS, type StepKey } from './steps.ts'
import classes from './add-site.module.css'

interface StepListProps {
  readonly draft: Draft
  readonly at: StepKey
  /** Steps that were looked at: only those can be done. */
  readonly visited: ReadonlySet<StepKey>
  readonly onGo: (step: StepKey) => void
}

/** The way through; every step that can be reached can be gone to. */
export function StepList({ draft, at, visited, onGo }: StepListProps) {
  const furthest = furthestStep(draft)
  return (
    <nav aria-label="Steps" className={classes.steps}>
      <ol>
        {STEPS.map(({ key, title }, index) => (
          <li key={key} data-done={isDone(key, draft, visited) || undefined}>
            <button
              type="button"
              aria-current={key === at ? 'step' : undefined}
              disabled={index > furthest}
              onClick={() => onGo(key)}
            >
              <span className={classes.number} aria-hidden>
                {isDone(key, draft, visited) && key !== at ? '✓' : index + 1}
              </span>
              {title}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}
