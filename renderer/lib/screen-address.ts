import * as z from 'zod'
import { remember, remembered } from './remembered.ts'

const NAME = 'screens'
const Kept = z.record(z.string(), z.string())

/** Parts of an address that name something of the moment. While one is there, the rest may have been chosen to show it. */
const PASSING = ['page', 'build', 'openTag', 'delivery', 'add', 'url', 'about']

/** Keeps the filter and the order of a screen, which are its address, for the next time somebody goes there. */
export function keepScreenAddress(siteId: string, pathname: string, search: string): void {
  const kept = new URLSearchParams(search)
  if (PASSING.some((name) => kept.has(name))) return
  for (const name of ['site', 'tab']) kept.delete(name)
  const all = remembered(NAME, Kept) ?? {}
  const key = `${siteId} ${pathname}`
  if ((all[key] ?? '') === kept.toString()) return
  remember(NAME, { ...all, [key]: kept.toString() })
}

/** Where to go for a screen: with the filter and the order that it had last. */
export function screenAddress(siteId: string, pathname: string): string {
  const search = remembered(NAME, Kept)?.[`${siteId} ${pathname}`] ?? ''
  return search === '' ? pathname : `${pathname}?${search}`
}
