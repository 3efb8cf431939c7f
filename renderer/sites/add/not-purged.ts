import type { CdnKind, SiteLook } from '#shared/add-site.ts'

const WITH_ITS_TOOLS = 'Purge with its own tools, then check the pages here.'

/** What makes an edge new that Frostline does not speak to. Absent: it can be purged from here. */
const INSTEAD: { readonly [kind in CdnKind]?: string } = {
  netlify:
    'Every deploy makes it new by itself, so follow its builds at Netlify in the next step: then a build or a roll back from here does it.',
  vercel: 'Every deployment makes it new by itself, so name a deploy hook in the next step: then a build from here does it.',
  cloudflare: 'Purge in Cloudflare’s dashboard or through its API, then check the pages here.',
  fastly: WITH_ITS_TOOLS,
  akamai: WITH_ITS_TOOLS,
  nginx: WITH_ITS_TOOLS,
}

/** One sentence on a recognised edge that is only looked at, and what works there; null where there is none. */
export function notPurgedWords({ edges }: Pick<SiteLook, 'edges'>): string | null {
  for (const { kind, name } of edges) {
    const instead = INSTEAD[kind]
    if (instead !== undefined) return `What ${name} keeps at its edge cannot be purged from here. ${instead}`
  }
  return null
}
