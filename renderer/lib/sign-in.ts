const SECRET_KEY = 'frostline-session'
const BY_LINK_KEY = 'frostline-by-link'
/** Null: the core does not know this window. `unreachable`: nobody answered, so it may be tried again. */
export type Secret = { readonly secret: string } | 'unreachable' | null

/** What an address such as `/#token=abc` or `/#link=abc` signs in with: once, or as one's own link; null: nothing. */
export function proofOf(hash: string): { readonly token: string } | { readonly link: string } | null {
  const given = new URLSearchParams(hash.replace(/^#/, ''))
  const token = given.get('token')
  const link = given.get('link')
  return token !== null ? { token } : link !== null ? { link } : null
}

/**
 * The secret that signs this window in: exchanged for the token or link of the address, or the one kept from before.
 * The address is cleaned before it can be copied.
 */
export async function readSecret(): Promise<Secret> {
  const proof = proofOf(location.hash)
  if (proof === null) return kept()
  if ('link' in proof) sessionStorage.setItem(BY_LINK_KEY, 'yes')
  else sessionStorage.removeItem(BY_LINK_KEY)
  const answer = await exchange(proof)
  if (answer === 'unreachable') return answer
  history.replaceState(history.state, '', location.pathname + location.search)
  if (answer) sessionStorage.setItem(SECRET_KEY, answer.secret)
  return answer ?? kept()
}

/** Whether this window signed in, or tried to, with a person's own link rather than an address of this machine. */
export const cameByLink = (): boolean => sessionStorage.getItem(BY_LINK_KEY) !== null

function kept(): Secret {
  const secret = sessionStorage.getItem(SECRET_KEY)
  return secret === null ? null : { secret }
}

async function exchange(proof: NonNullable<ReturnType<typeof proofOf>>): Promise<Secret> {
  try {
    const response = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(proof),
    })
    if (!response.ok) return null
    return secretIn(await response.json())
  } catch {
    return 'unreachable'
  }
}

/** Read by hand: this comes before every other script, and a schema library would come with it. */
function secretIn(answer: unknown): Secret {
  const isNamed = typeof answer === 'object' && answer !== null && 'secret' in answer
  return isNamed && typeof answer.secret === 'string' && answer.secret !== '' ? { secret: answer.secret } : 'unreachable'
}
