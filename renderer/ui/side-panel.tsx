import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState, type PointerEvent, type ReactNode } from 'react'
import classes from './side-panel.module.css'

interface SidePanelProps {
  readonly label: string
  readonly onClose: () => void
  readonly children: ReactNode
}

const NARROWEST = 320
const WIDEST = 760
const KEY_STEP = 24
let lastWidth = 400

const limited = (width: number) => Math.min(WIDEST, Math.max(NARROWEST, width))

/** A panel at the right of the screen whose width is kept for the next one. */
export function SidePanel({ label, onClose, children }: SidePanelProps) {
  const [width, setWidth] = useState(lastWidth)
  const resize = (next: number) => {
    lastWidth = limited(next)
    setWidth(lastWidth)
  }
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(window.innerWidth - event.clientX)
  }
  return (
    // Escape is heard here for whatever in the panel has the focus; the panel itself is no control.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside
      className={classes.panel}
      style={{ width }}
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
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
      <ActionIcon className={classes.close} variant="subtle" color="gray" aria-label="Close panel" onClick={onClose}>
        <IconX size={16} />
      </ActionIcon>
      <div className={classes.body}>{children}</div>
    </aside>
  )
}
