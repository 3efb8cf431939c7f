import * as z from 'zod'

const SECRET_KEY = 'frostline-session'
/** Null: the core does not know this window. `unreachable`: nobody answered, so it may be tried again. */
export type Secret = { readonly secret: string } | 'unreachable' | null

const Answer = z.object({ secret: z.string().min(1) })

/** The one-time token of an address such as `/#token=abc`, or null. */
export function tokenOf(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token')
}

/**
 * The secret that signs this window in: exchanged for the one-time token of the address, or the one kept from before.
 * A token is used once; the address is cleaned before it can be bookmarked or copied.
 */
export async function readSecret(): Promise<Secret> {
  const token = tokenOf(location.hash)
  if (token === null) return kept()
  const answer = await exchange(token)
  if (answer === 'unreachable') return answer
  history.replaceState(history.state, '', location.pathname + location.search)
  if (answer) sessionStorage.setItem(SECRET_KEY, answer.secret)
  return answer ?? kept()
}

function kept(): Secret {
  const secret = sessionStorage.getItem(SECRET_KEY)
  return secret === null ? null : { secret }
}

async function exchange(token: string): Promise<Secret> {
  try {
    const response = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    if (!response.ok) return null
    return Answer.parse(await response.json())
  } catch {
    return 'unreachable'
  }
}
