import { AppError } from '#shared/errors.ts'
import type { Selection } from '#shared/pages.ts'
import type { FilledTarget } from './match-rule.ts'

export type ResolvePages = (
  siteId: string,
  selection: Selection,
  nowMs: number,
) => Promise<{ readonly pageIds: readonly number[]; readonly refused: readonly { readonly reason: string }[] }>

/** The pages that a target means, or why there are none. */
export interface FoundPages {
  readonly pageIds: readonly number[]
  readonly problem: string | null
}

export const targetKey = ({ kind, text }: Pick<FilledTarget, 'kind' | 'text'>) => `${kind} ${text}`

/** Finds the pages of each target once. */
export async function findPages(
  resolve: ResolvePages,
  siteId: string,
  targets: readonly FilledTarget[],
  nowMs: number,
): Promise<Map<string, FoundPages>> {
  const found = new Map<string, FoundPages>()
  for (const target of targets) {
    const key = targetKey(target)
    if (!found.has(key)) found.set(key, await findOne(resolve, siteId, target, nowMs))
  }
  return found
}

async function findOne(resolve: ResolvePages, siteId: string, target: FilledTarget, nowMs: number): Promise<FoundPages> {
  if (target.problem !== null) return { pageIds: [], problem: target.problem }
  const selection: Selection =
    target.kind === 'tag' ? { kind: 'tag', tag: target.text } : { kind: 'paths', text: slashes(target.text).join('\n') }
  try {
    const { pageIds, refused } = await resolve(siteId, selection, nowMs)
    const none = refused[0]?.reason ?? `No page is known at ${target.text}.`
    return { pageIds, problem: pageIds.length === 0 ? none : null }
  } catch (error) {
    if (error instanceof AppError) return { pageIds: [], problem: error.message }
    throw error
  }
}

/** Content systems write a slug with or without its slash; the list of pages knows which one it is. */
function slashes(path: string): string[] {
  if (path === '/' || path.includes('?') || /\.[a-z0-9]+$/i.test(path)) return [path]
  return path.endsWith('/') ? [path, path.slice(0, -1)] : [path, `${path}/`]
}
