import type { Page } from '@playwright/test'
import * as z from 'zod'

const Requests = z.object({ cursor: z.number(), counts: z.array(z.object({ host: z.string(), path: z.string() })) })
const Copies = z.object({
  pops: z.array(z.object({ entries: z.array(z.object({ host: z.string(), path: z.string(), tags: z.array(z.string()) })) })),
})

/** What the demo's controls tell of themselves, asked from their own page. */
async function ask<T>(controls: Page, path: string, schema: z.ZodType<T>): Promise<T> {
  return schema.parse(await (await controls.request.get(new URL(path, controls.url()).href)).json())
}

/** A mark in the origin's list of requests. */
export async function originCursor(controls: Page): Promise<number> {
  return (await ask(controls, '/api/origin-requests', Requests)).cursor
}

/** Pages that the origin was asked for since a mark; what is asked for all the time is left out. */
export async function pathsAtOrigin(controls: Page, since: number): Promise<string[]> {
  const { counts } = await ask(controls, `/api/origin-requests?since=${since}`, Requests)
  return counts.map(({ host, path }) => host + path).filter((path) => !/\/(robots\.txt|sitemap[^/]*)$/.test(path))
}

/** Pages that the edge holds with a tag. */
export async function pathsWithTag(controls: Page, tag: string): Promise<Set<string>> {
  const { pops } = await ask(controls, '/api/edge', Copies)
  return new Set(
    pops
      .flatMap(({ entries }) => entries)
      .filter(({ tags }) => tags.includes(tag))
      .map(({ host, path }) => host + path),
  )
}
