import type { TextOptions } from '#main/platform/http-text.ts'

/** How a hook that wants something of its own is called. */
export interface HookCall {
  readonly method: 'POST' | 'PUT' | 'GET'
  readonly headers: readonly { readonly name: string; readonly value: string }[]
  /** With {title} and {cause} in it; empty: the JSON that every hook is sent. */
  readonly body: string
  /** Null where the hook asks for none. Its value is a secret. */
  readonly secretHeader: { readonly name: string; readonly value: string } | null
}

const CAUSE = 'frostline'
const PLACEHOLDER = /\{(title|cause)\}/g

/** The request of a trigger. A GET has no body. */
export function hookRequest(
  call: HookCall | undefined,
  title: string,
  publishes: boolean,
): Pick<TextOptions, 'method' | 'headers' | 'json' | 'body'> {
  const usual = { title, cause: CAUSE, coalesceSeconds: 0, ...(publishes ? {} : { publish: false }) }
  if (!call) return { method: 'POST', json: usual }
  const own = [...call.headers, ...(call.secretHeader ? [call.secretHeader] : [])]
  const headers = Object.fromEntries(own.map(({ name, value }) => [name.toLowerCase(), value]))
  if (call.method === 'GET') return { method: 'GET', headers }
  if (call.body.trim() === '') return { method: call.method, headers, json: usual }
  const type = headers['content-type'] ?? (/^\s*[[{"]/.test(call.body) ? 'application/json' : 'text/plain; charset=utf-8')
  const values: Record<string, string> = { title, cause: CAUSE }
  const body = call.body.replace(PLACEHOLDER, (_whole, name: string) => escapeFor(type, values[name] ?? ''))
  return { method: call.method, headers: { ...headers, 'content-type': type }, body }
}

/** A title is put inside the quotes of a JSON text, or into a form; it can end neither. */
function escapeFor(type: string, value: string): string {
  if (/json/i.test(type)) return JSON.stringify(value).slice(1, -1)
  return /x-www-form-urlencoded/i.test(type) ? encodeURIComponent(value) : value
}
