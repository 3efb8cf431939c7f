/** Where releases lie in the bucket. `prefix`: in front of `releases/`; empty for none. */
export interface Places {
  /** Of all releases, with the last slash. */
  readonly all: string
  folder(releaseId: string): string
  key(releaseId: string, file: string): string
  manifest(releaseId: string): string
  /** Written when visitors first had the release. */
  published(releaseId: string): string
  /** Written before the first file of a release is taken away, and taken away last. */
  leaving(releaseId: string): string
  /** Which release visitors are held at by choice. No edge fetches it: it lies in no release. */
  readonly pin: string
  /** Put and removed again to see what may be done. It lies in no release either. */
  readonly probe: string
  /** As the edge writes it: with a slash in front, and none at the end. */
  originPath(releaseId: string): string
}

export function placesBelow(prefix: string): Places {
  const base = prefix.replace(/^\/+|\/+$/g, '')
  const all = base === '' ? 'releases/' : `${base}/releases/`
  const folder = (releaseId: string) => `${all}${releaseId}/`
  return {
    all,
    folder,
    pin: `${all}pin.json`,
    probe: `${all}.frostline-probe`,
    key: (releaseId, file) => folder(releaseId) + file,
    manifest: (releaseId) => `${folder(releaseId)}.frostline-manifest.json`,
    published: (releaseId) => `${folder(releaseId)}.frostline-published`,
    leaving: (releaseId) => `${folder(releaseId)}.frostline-leaving`,
    originPath: (releaseId) => `/${all}${releaseId}`,
  }
}
