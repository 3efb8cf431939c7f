import type { Raw } from '#main/platform/database.ts'

/** What one release has. */
export interface ReleaseLookup {
  /** The hash for a path with its query; null for no such file. */
  hashOf(host: string, path: string): string | null
}

export interface ReleaseWorld {
  readonly db: Raw
  /** Null when what the release consists of is not kept. Unpacks it: takes a while. */
  releaseFiles(db: Raw, siteId: string, releaseId: string): ((host: string, path: string) => string | null) | null
}

/** The files of a release, found as servers find them: the query plays no part, and a folder answers with its index. */
export function lookInto(world: ReleaseWorld, siteId: string, releaseId: string): ReleaseLookup | null {
  const files = world.releaseFiles(world.db, siteId, releaseId)
  if (files === null) return null
  return {
    hashOf(host, path) {
      const bare = path.split('?', 1)[0] ?? path
      const decoded = decode(bare)
      return files(host, bare) ?? (decoded === bare ? null : files(host, decoded)) ?? folderIndex(files, host, bare)
    },
  }
}

function folderIndex(files: (host: string, path: string) => string | null, host: string, bare: string): string | null {
  if (bare.endsWith('/')) return files(host, `${bare}index.html`)
  return bare.endsWith('/index.html') ? files(host, bare.slice(0, -'index.html'.length)) : null
}

function decode(path: string): string {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}
