/**
 * Whether a conditional request is answered with 304 (RFC 9110 §13.2.2): `If-None-Match` decides when it is there,
 * compared weakly; otherwise `If-Modified-Since`.
 */
export function isNotModified(
  request: { readonly ifNoneMatch: string | undefined; readonly ifModifiedSince: string | undefined },
  stored: { readonly etag: string | undefined; readonly lastModified: string | undefined },
): boolean {
  if (request.ifNoneMatch !== undefined) {
    if (request.ifNoneMatch.trim() === '*') return true
    const { etag } = stored
    if (etag === undefined) return false
    return Array.from(request.ifNoneMatch.matchAll(/(?:W\/)?("[^"]*")/g), ([, tag]) => tag).includes(etag.replace(/^W\//, ''))
  }
  if (request.ifModifiedSince === undefined || stored.lastModified === undefined) return false
  const since = Date.parse(request.ifModifiedSince)
  const modified = Date.parse(stored.lastModified)
  return Number.isFinite(since) && Number.isFinite(modified) && modified <= since
}
