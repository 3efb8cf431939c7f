import type { RefillOfAll } from '#shared/new-purge.ts'
import { countOf } from '#renderer/ui/format.ts'

/** "27 renders × 1.2 s: 32 s of rendering". Static files are only fetched. */
export function renderWords({ renders, renderMs }: RefillOfAll): string {
  if (renders === 0) return 'none: the origin has all of them as files'
  const count = countOf(renders, 'render')
  return renderMs === null
    ? `${count}; how long one takes is not measured yet`
    : `${count} × ${spanText(renderMs)}: ${spanText(renders * renderMs)} of rendering`
}

/** How long the first visitor of each page waits, as our own checks have found it. */
export function waitWords({ waitMs, longestWaitMs }: RefillOfAll): string {
  if (waitMs === null || longestWaitMs === null) return 'wait for the origin; how long is not measured yet'
  return `wait ${spanText(waitMs)} each, up to ${spanText(longestWaitMs)}`
}

/** "80 ms", "1.2 s", "14 min". */
export function spanText(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 10_000) return `${(milliseconds / 1_000).toFixed(1)} s`
  if (milliseconds < 120_000) return `${Math.round(milliseconds / 1_000)} s`
  return `${Math.round(milliseconds / 60_000).toLocaleString('en-US')} min`
}
