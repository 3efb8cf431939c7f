import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './action-card.module.css'

interface ActionCardProps {
  readonly icon: Icon
  /** The verb and what it is done to. */
  readonly title: ReactNode
  /** What it costs, takes or changes, said before it is pressed. */
  readonly consequence: ReactNode
  readonly disabled?: boolean
  readonly onClick: () => void
}

/** An act with its consequence written on it. */
export function ActionCard({ icon: Picture, title, consequence, disabled = false, onClick }: ActionCardProps) {
  return (
    <button type="button" className={classes.card} disabled={disabled} onClick={onClick}>
      <Picture size={18} stroke={1.6} aria-hidden />
      <span className={classes.words}>
        <span className={classes.title}>{title}</span>
        <span className={classes.consequence}>{consequence}</span>
      </span>
    </button>
  )
}
