import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import classes from './log-view.module.css'

interface LogViewProps {
  readonly lines: readonly string[]
  readonly ended: boolean
  readonly height?: number
}

const LINE_PX = 18

/** A log that stays at its end while it grows, unless someone has scrolled up to read. */
export function LogView({ lines, ended, height = 240 }: LogViewProps) {
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const lastTop = useRef(0)
  // The compiler that this rule is about is not used here.
  // oxlint-disable-next-line react/incompatible-library
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE_PX,
    overscan: 20,
  })
  useEffect(() => {
    if (atEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [lines.length])
  const onScroll = () => {
    const element = box.current
    if (!element) return
    // Lines that came since make the end further away; only a person scrolls up.
    if (element.scrollTop < lastTop.current) atEnd.current = false
    if (element.scrollHeight - element.scrollTop - element.clientHeight < LINE_PX * 2) atEnd.current = true
    lastTop.current = element.scrollTop
  }
  return (
    // What scrolls has to be reachable by keyboard, or its end cannot be read.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={box} className={classes.log} style={{ height }} role="log" aria-label="Build log" tabIndex={0} onScroll={onScroll}>
      {lines.length === 0 && (
        <div className={classes.empty}>{ended ? 'This build wrote no log.' : 'Waiting for the first line…'}</div>
      )}
      <div className={classes.lines} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => (
          <div key={item.key} className={classes.line} style={{ transform: `translateY(${item.start}px)` }}>
            {lines[item.index]}
          </div>
        ))}
      </div>
    </div>
  )
}
