import * as z from 'zod'

/** What a HAR entry needs to be judged by. Requests' headers, cookies and whatever else a browser adds are left behind. */
const Entry = z.object({
  startedDateTime: z.string().optional().catch(undefined),
  request: z.object({ url: z.string() }),
  response: z.object({
    status: z.number(),
    headers: z.array(z.object({ name: z.string(), value: z.string() })).catch([]),
    content: z.object({ text: z.string().optional(), encoding: z.string().optional() }).optional().catch(undefined),
    _fetchedViaServiceWorker: z.boolean().optional().catch(undefined),
  }),
  cache: z.object({ beforeRequest: z.unknown().optional() }).optional().catch(undefined),
  timings: z.object({ wait: z.number().optional() }).optional().catch(undefined),
  _fromCache: z.union([z.string(), z.boolean()]).optional().catch(undefined),
  fromCache: z.union([z.string(), z.boolean()]).optional().catch(undefined),
})
const Har = z.object({ log: z.object({ entries: z.array(z.unknown()) }) })

/**
 * A HAR file without what a diagnosis of this page does not need: other pages and files, what the browser sent, cookies.
 * A recording of a whole visit has tens of megabytes, and one page of it a few kilobytes. Text that is no HAR stays as it is.
 */
export function slimHar(text: string, url: string): string {
  const har = Har.safeParse(parse(text))
  if (!har.success) return text
  const path = pathOf(url)
  const entries = har.data.log.entries.flatMap((candidate) => {
    const entry = Entry.safeParse(candidate)
    if (!entry.success || (path !== null && pathOf(entry.data.request.url) !== path)) return []
    const headers = entry.data.response.headers.filter(({ name }) => !/^(set-)?cookie2?$/i.test(name))
    return [{ ...entry.data, response: { ...entry.data.response, headers } }]
  })
  return JSON.stringify({ log: { entries } })
}

function parse(text: string): unknown {
  const clean = text.replace(/^\uFEFF/, '').trimStart()
  if (!clean.startsWith('{')) return null
  try {
    return JSON.parse(clean)
  } catch {
    return null
  }
}

/** The path of an address as both sides write it, whatever stands around it; null when there is none. */
function pathOf(address: string): string | null {
  const text = address.trim().replace(/^[<"'`“«([]+|[>"'`”»)\].,:;!?]+$/g, '')
  const path = (URL.parse(text)?.host ? URL.parse(text) : URL.parse(`https://${text}`))?.pathname ?? null
  try {
    return path === null ? null : decodeURI(path)
  } catch {
    return path
  }
}
