import type { ReactNode } from 'react'
import type { FreshnessWord } from '#shared/http-cache/freshness.ts'
import { freshnessLook, type FreshnessShape } from './freshness-words.ts'
import classes from './freshness-mark.module.css'

const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.6 }

const SHAPES: Record<FreshnessShape, ReactNode> = {
  disc: <circle cx="7" cy="7" r="4.5" fill="currentColor" />,
  circle: <circle cx="7" cy="7" r="4" {...stroke} />,
  hourglass: (
    <path
      d="M3.5 2h7M3.5 12h7M4.3 2c0 3 2.7 3.4 2.7 5s-2.7 2-2.7 5M9.7 2c0 3-2.7 3.4-2.7 5s2.7 2 2.7 5"
      {...stroke}
      strokeWidth={1.3}
    />
  ),
  triangle: <path d="M7 2 12.4 11.6H1.6Z" fill="currentColor" />,
  half: (
    <>
      <circle cx="7" cy="7" r="4" {...stroke} />
      <path d="M7 3a4 4 0 0 1 0 8Z" fill="currentColor" />
    </>
  ),
  ring: (
    <>
      <circle cx="7" cy="7" r="4.4" {...stroke} strokeWidth={1.2} />
      <circle cx="7" cy="7" r="1.6" fill="currentColor" />
    </>
  ),
  'dotted-ring': <circle cx="7" cy="7" r="4.2" {...stroke} strokeDasharray="1.5 1.8" />,
  dash: <path d="M2.5 7h9" {...stroke} strokeWidth={2} />,
  square: <rect x="2.8" y="2.8" width="8.4" height="8.4" rx="1" fill="currentColor" />,
  'dotted-line': <path d="M2 7h10.5" {...stroke} strokeWidth={2} strokeDasharray="2 1.9" />,
  cross: <path d="m3.2 3.2 7.6 7.6m0-7.6-7.6 7.6" {...stroke} strokeWidth={1.9} />,
}

interface FreshnessMarkProps {
  readonly word: FreshnessWord
  readonly proven?: boolean
}

/** The shape of a freshness word alone; always beside its word. */
export function FreshnessShapeMark({ word, proven = false }: FreshnessMarkProps) {
  const look = freshnessLook(word, proven)
  return (
    <svg className={classes.shape} viewBox="0 0 14 14" aria-hidden style={{ color: look.colour }}>
      {SHAPES[look.shape]}
    </svg>
  )
}

/** A freshness word: shape, colour and text, with its meaning in the tooltip. */
export function FreshnessMark({ word, proven = false }: FreshnessMarkProps) {
  const look = freshnessLook(word, proven)
  return (
    <span className={classes.mark} title={look.meaning}>
      <FreshnessShapeMark word={word} proven={proven} />
      <span className={classes.word} style={{ color: look.colour }}>
        {look.says}
      </span>
    </span>
  )
}
