/**
 * The keys under which a page's object may lie, the likeliest first: builds write `about/index.html` or `about.html` for
 * `/about`, and edges lead there.
 */
export function objectKeys(prefix: string, path: string): string[] {
  const bare = decode(path.split('?', 1)[0] ?? path).replace(/^\//, '')
  const base = prefix.replace(/^\/+|\/+$/g, '')
  const keys =
    bare === '' || bare.endsWith('/')
      ? [`${bare}index.html`]
      : hasExtension(bare)
        ? [bare]
        : [bare, `${bare}/index.html`, `${bare}.html`]
  return keys.map((key) => (base === '' ? key : `${base}/${key}`))
}

const hasExtension = (path: string): boolean => /\.[a-z0-9]{1,8}$/i.test(path)

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
