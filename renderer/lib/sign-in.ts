import * as z from 'zod'

const SECRET_KEY = 'frostline-session'
const Answer = z.object({ secret: z.string().min(1) })

/** The one-time token of an address such as `/#token=abc`, or null. */
export function tokenOf(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token')
}

/**
 * The secret that signs this window in: exchanged for the one-time token of the address, or the one kept from before.
 * A token is used once; the address is cleaned before it can be bookmarked or copied.
 */
export async function readSecret(): Promise<string | null | 'unreachable'> {
  const token = tokenOf(location.hash)
  if (token === null) return sessionStorage.getItem(SECRET_KEY)
  const answer = await exchange(token)
  if (answer === 'unreachable') return answer
  history.replaceState(history.state, '', location.pathname + location.search)
  if (answer !== null) sessionStorage.setItem(SECRET_KEY, answer)
  return answer ?? sessionStorage.getItem(SECRET_KEY)
}

async function exchange(token: string): Promise<string | null | 'unreachable'> {
  try {
    const response = await fetch('/session', {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }),
    })
    if (!response.ok) return null
    return Answer.parse(await response.json()).secret
  } catch {
    return 'unreachable'
  }
}
