import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import * as z from 'zod'
import { hint } from '#renderer/lib/use-shortcuts.ts'
import { remember, remembered } from '#renderer/lib/remembered.ts'
import { useLayoutEffect, useState, type PointerEvent, type ReactNode } from 'react'
import classes from './side-panel.module.css'

interface SidePanelProps {
  readonly label: string
  /** Wider from the start, with a width of its own: what is in it has columns. */
  readonly wide?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

const NARROWEST = 320
const WIDEST = 1_280
const KEY_STEP = 24
const WIDTHS = 'panel-widths'
const Widths = z.object({ narrow: z.number(), wide: z.number() })
const lastWidth = remembered(WIDTHS, Widths) ?? { narrow: 400, wide: 640 }

const limited = (width: number) => Math.min(WIDEST, Math.max(NARROWEST, width))

/** A panel at the right of the screen whose width is kept for the next one. */
export function SidePanel({ label, wide = false, onClose, children }: SidePanelProps) {
  const kind = wide ? 'wide' : 'narrow'
  const [width, setWidth] = useState(lastWidth[kind])
  const resize = (next: number) => {
    lastWidth[kind] = limited(next)
    setWidth(lastWidth[kind])
    remember(WIDTHS, lastWidth)
  }
  // Wherever the focus is; a dialog on top hears it first and keeps it. From the moment on in which the panel can be seen and
  // has the focus: an effect after the drawing comes too late for a quick hand on a slow machine.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const inField = event.target instanceof HTMLElement && event.target.closest('input, textarea, [role="dialog"]') !== null
      if (event.key === 'Escape' && !event.defaultPrevented && !inField) onClose()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  })
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(window.innerWidth - event.clientX)
  }
  return (
    <aside className={classes.panel} style={{ width }} aria-label={label} tabIndex={-1}>
      <div
        className={classes.grip}
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label="Panel width"
        aria-valuenow={width}
        aria-valuemin={NARROWEST}
        aria-valuemax={WIDEST}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onKeyDown={(event) => {
          if (event.key === 'ArrowLeft') resize(width + KEY_STEP)
          if (event.key === 'ArrowRight') resize(width - KEY_STEP)
        }}
      />
      <ActionIcon
        className={classes.close}
        variant="subtle"
        color="gray"
        aria-label="Close panel"
        {...hint('close', 'Close panel')}
        onClick={onClose}
      >
        <IconX size={16} />
      </ActionIcon>
      <div className={classes.body}>{children}</div>
    </aside>
  )
}
