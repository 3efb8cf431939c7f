/**
 * A path as a person reads it: letters rather than their codes, where that loses nothing (the same path can be written from
 * it again, up to the case of the codes' digits). What cannot be seen stays a code.
 */
export function readablePath(path: string): string {
  if (!path.includes('%')) return path
  try {
    const decoded = decodeURI(path)
    const lossless = encodeURI(decoded) === path.replaceAll(/%[\da-f]{2}/gi, (code) => code.toUpperCase())
    return lossless ? decoded.replaceAll(/[\p{C}\p{Z}]/gu, encodeURIComponent) : path
  } catch {
    return path
  }
}

/** How the paths of one list are read: two that would look the same are both shown as they are. */
export function readablePaths(rows: readonly { readonly path: string }[]): (path: string) => string {
  if (!rows.some(({ path }) => path.includes('%'))) return readablePath
  const pathOf = new Map<string, string>()
  const alike = new Set<string>()
  for (const { path } of rows) {
    const name = readablePath(path)
    if ((pathOf.get(name) ?? path) === path) pathOf.set(name, path)
    else alike.add(name)
  }
  return (path) => {
    const name = readablePath(path)
    return alike.has(name) ? path : name
  }
}
