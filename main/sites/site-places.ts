import type { EditedSite } from '#shared/site-settings.ts'

/** Whether two values are the same, in whatever order their fields were written. */
export function isSame(left: unknown, right: unknown): boolean {
  return inOrder(left) === inOrder(right)
}

function inOrder(value: unknown): string | undefined {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}

/** Whether purges would be sent elsewhere, or as somebody else. */
export function edgeMoves(before: EditedSite, after: EditedSite): boolean {
  const place = ({ edge, objects }: EditedSite) => [edge, objects?.publish ? objects : null]
  return !isSame(place(before), place(after))
}

/** Zones that are not wanted any more. */
export function removedHosts(before: EditedSite, after: EditedSite): string[] {
  const kept = new Set(after.zones.map(({ url }) => new URL(url).host))
  return before.zones.map(({ url }) => new URL(url).host).filter((host) => !kept.has(host))
}
