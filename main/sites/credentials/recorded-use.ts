import type { Builder } from '#main/providers/builder.ts'
import type { Edge } from '#main/providers/edge.ts'
import type { ObjectStore } from '#main/providers/object-store.ts'
import type { ReleaseStore } from '#main/providers/release-store.ts'
import type { Renderer } from '#main/providers/renderer.ts'
import type { Uses } from './uses.ts'

/**
 * Clients whose uses of a credential are written down: what it was allowed shows what it may do. `name`: of the credential;
 * null where none is used, and the client is as it was.
 */
export function recordedEdge(edge: Edge, name: string | null, uses: Uses): Edge {
  if (name === null) return edge
  const { switchOrigin, account } = edge
  return {
    ...edge,
    describe: (signal) =>
      uses.of(
        name,
        'Read the edge’s settings',
        () => edge.describe(signal),
        ({ gaps }) => gaps.join(' '),
      ),
    purge: (...args) => uses.of(name, 'Purge', () => edge.purge(...args)),
    purgeStatus: (...args) => uses.of(name, 'Follow a purge', () => edge.purgeStatus(...args)),
    ...(switchOrigin
      ? {
          switchOrigin: {
            ...switchOrigin,
            switchTo: (...args: Parameters<typeof switchOrigin.switchTo>) =>
              uses.of(name, 'Switch the edge to another release', () => switchOrigin.switchTo(...args)),
          },
        }
      : {}),
    ...(account
      ? {
          account: {
            ...account,
            list: (...args: Parameters<typeof account.list>) =>
              uses.of(name, 'Read all purges of the account', () => account.list(...args)),
          },
        }
      : {}),
  }
}

export function recordedBuilder(builder: Builder, name: string | null, uses: Uses): Builder {
  if (name === null) return builder
  const { publishing } = builder
  const publish = 'Say which release is published'
  return {
    ...builder,
    trigger: (...args) => uses.of(name, 'Start a build', () => builder.trigger(...args)),
    status: (...args) => uses.of(name, 'Follow a build', () => builder.status(...args)),
    list: (...args) => uses.of(name, 'List builds', () => builder.list(...args)),
    cancel: (...args) => uses.of(name, 'Cancel a build', () => builder.cancel(...args)),
    ...(publishing
      ? {
          publishing: {
            restore: (...args: Parameters<typeof publishing.restore>) =>
              uses.of(name, publish, () => publishing.restore(...args)),
            hold: (...args: Parameters<typeof publishing.hold>) => uses.of(name, publish, () => publishing.hold(...args)),
            letGo: (...args: Parameters<typeof publishing.letGo>) => uses.of(name, publish, () => publishing.letGo(...args)),
          },
        }
      : {}),
  }
}

export function recordedRenderer(renderer: Renderer, name: string, uses: Uses): Renderer {
  return {
    ...renderer,
    list: (...args) => uses.of(name, 'Read entries', () => renderer.list(...args)),
    one: (...args) => uses.of(name, 'Read entries', () => renderer.one(...args)),
    expire: (...args) => uses.of(name, 'Mark entries as expired', () => renderer.expire(...args)),
    refresh: (...args) => uses.of(name, 'Have pages rendered', () => renderer.refresh(...args)),
  }
}

export function recordedObjects(store: ObjectStore, name: string, uses: Uses): ObjectStore {
  return { ...store, head: (...args) => uses.of(name, 'Read objects of the bucket', () => store.head(...args)) }
}

export function recordedReleases(store: ReleaseStore, name: string, uses: Uses): ReleaseStore {
  return {
    ...store,
    list: (...args) => uses.of(name, 'List releases of the bucket', () => store.list(...args)),
    upload: (...args) => uses.of(name, 'Write to the bucket', () => store.upload(...args)),
    remove: (...args) => uses.of(name, 'Remove from the bucket', () => store.remove(...args)),
  }
}
