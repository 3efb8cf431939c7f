import type { ExportedList, ExportFormat } from '#shared/exporting.ts'

/** `frostline-pages-2026-11-21.csv`, by the day in UTC. */
export function exportName(list: ExportedList, format: ExportFormat, nowMs: number): string {
  return `frostline-${list}-${new Date(nowMs).toISOString().slice(0, 10)}.${format}`
}
