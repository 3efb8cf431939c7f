import { Skeleton } from '@mantine/core'
import { useEffect, useState } from 'react'
import classes from './late-skeleton.module.css'

/** Shorter waits are over before a placeholder could be read; it would only flicker. */
const LATE_MS = 150

export function LateSkeleton({ rows = 8 }: { readonly rows?: number }) {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE_MS)
    return () => clearTimeout(timer)
  }, [])
  if (!late) return null
  return (
    <div className={classes.rows} role="status" aria-busy aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} height={12} width={`${92 - ((row * 17) % 45)}%`} />
      ))}
    </div>
  )
}
