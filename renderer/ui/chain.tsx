import { IconArrowLeft, IconArrowLeftDashed, IconUnlink } from '@tabler/icons-react'

import type { ChainLink } from '#shared/pages.ts'
import { TimeAgo } from './time-text.tsx'
import { TimedText } from './timed-text.tsx'
import classes from './chain.module.css'

const NAMES: Record<ChainLink['link'], string> = {
  visitor: 'Visitor',
  browser: 'Browser',
  edge: 'Edge',
  origin: 'Origin',
  build: 'Build',
  content: 'Content',
}

const JOINTS = {
  joined: { Icon: IconArrowLeft, says: 'has what comes next' },
  broken: { Icon: IconUnlink, says: 'broken here: it does not have what comes next' },
  'not-known': { Icon: IconArrowLeftDashed, says: 'not known whether it has what comes next' },
} as const

/** The way of the content to the visitor, with the age at each step and the place where it is interrupted. */
export function Chain({ chain }: { readonly chain: readonly ChainLink[] }) {
  return (
    <ol className={classes.chain} aria-label="From the visitor to the content">
      {chain.map((link) => (
        <li key={link.link} className={classes.link}>
          <div className={classes.name}>{NAMES[link.link]}</div>
          <div className={classes.says}>
            <TimedText text={link.says} />
          </div>
          <div className={classes.age}>{link.sinceMs === null ? '–' : <TimeAgo atMs={link.sinceMs} />}</div>
          {link.toNext !== null && <Joint toNext={link.toNext} />}
        </li>
      ))}
    </ol>
  )
}

function Joint({ toNext }: { readonly toNext: NonNullable<ChainLink['toNext']> }) {
  const { Icon, says } = JOINTS[toNext]
  return (
    <span className={classes.joint} data-joint={toNext} role="img" aria-label={says} title={says}>
      <Icon size={14} aria-hidden />
    </span>
  )
}
