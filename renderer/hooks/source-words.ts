import type { HookSource, SourceKind } from '#shared/hook-sources.ts'

export const KIND_NAMES: Readonly<Record<SourceKind, string>> = {
  contentful: 'Contentful',
  sanity: 'Sanity',
  github: 'GitHub',
  hmac: 'Signed by HMAC (Payload, Storyblok …)',
  header: 'A fixed header (Strapi …)',
}

/** Senders that are somewhere on the internet; null: it may as well be this machine. */
export const HOSTED: Readonly<Record<SourceKind, string | null>> = {
  contentful: 'Contentful',
  sanity: 'Sanity',
  github: 'GitHub',
  hmac: null,
  header: null,
}

/** The address as it is from outside, where a tunnel or relay was entered after it was made. */
export function outsideAddress(address: string, publicUrl: string | null): string {
  const url = new URL(address)
  return publicUrl === null || url.hostname !== '127.0.0.1' ? address : `${publicUrl}${url.pathname}`
}

export type Health = 'off' | 'deaf' | 'refusing' | 'silent' | 'ok'

/** How a source does, by what it sent last. */
export function healthOf({ enabled, secretMissing, lastTakenAtMs, lastRefusal }: HookSource): {
  readonly health: Health
  readonly says: string
} {
  if (secretMissing) return { health: 'deaf', says: 'Secret is missing' }
  if (!enabled) return { health: 'off', says: 'Switched off' }
  if (lastRefusal !== null && (lastTakenAtMs ?? 0) < lastRefusal.atMs) return { health: 'refusing', says: 'Last one refused' }
  if (lastTakenAtMs === null) return { health: 'silent', says: 'Nothing yet' }
  return { health: 'ok', says: 'Delivers' }
}

/** What to do at the sender, in the order of its own screens. */
export const STEPS: Readonly<Record<SourceKind, readonly string[]>> = {
  contentful: [
    'In Contentful, open Settings → Webhooks → Add webhook, and paste the address as a POST.',
    'Choose the events: Entry and Asset with publish, unpublish and delete are usual.',
    'In Settings → Webhooks → Settings, enable request verification with the secret. It counts for the whole space.',
    'Leave the payload as it is. Save, then publish something.',
  ],
  sanity: [
    'In sanity.io/manage, open API → Webhooks → Create webhook, and paste the address.',
    'Trigger on create, update and delete. Leave drafts out.',
    'As the projection, use {_id, _type, "slug": slug.current}; for deletions, before() has the last values.',
    'Paste the secret, choose POST, save, then publish something.',
  ],
  github: [
    'In the repository, open Settings → Webhooks → Add webhook, and paste the address as the payload URL.',
    'Choose application/json, and paste the secret.',
    'Choose “Just the push event”. GitHub sends a ping at once; it appears below.',
  ],
  hmac: [
    'Have the sender POST its JSON to the address.',
    'Have it sign the body with the secret, and send the signature in the header that you chose.',
    'For Payload there is a ready snippet in docs/hooks/payload.md. It signs a time as well, so that nothing can be sent twice.',
  ],
  header: [
    'In Strapi, open Settings → Webhooks → Create new webhook, and paste the address.',
    'Add the header that you chose, with the secret as its value.',
    'Choose the entry events publish, unpublish and delete. A fixed header cannot show that a delivery is new: prefer a signature where there is one.',
  ],
}
