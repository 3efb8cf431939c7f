import { useContext, useEffect } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { writeDeepLink } from '#shared/deep-link.ts'
import { useAccess } from '#renderer/lib/access.ts'
import { CurrentSite } from '#renderer/lib/current-site.ts'
import { keepFocus } from '#renderer/lib/keep-focus.ts'
import { linkHere } from '#renderer/lib/link-here.ts'
import { palette } from '#renderer/lib/palette.ts'
import { keepScreenAddress, screenAddress } from '#renderer/lib/screen-address.ts'
import { stepRows } from '#renderer/lib/step-rows.ts'
import { focusFilter, useShortcutKeys, useShortcuts } from '#renderer/lib/use-shortcuts.ts'
import { copyText } from '#renderer/ui/copy-text.ts'
import { showDone } from '#renderer/ui/toast.tsx'
import { SCREEN_LINKS } from './screen-links.ts'

/** The keys that work on every screen, and the memory of what each screen showed. */
export function FrameKeys() {
  const site = useContext(CurrentSite)
  const { mayOwn } = useAccess()
  const navigate = useNavigate()
  const { pathname, search } = useLocation()
  const siteId = site?.id ?? ''
  useShortcutKeys()
  useEffect(() => keepFocus(), [])
  useEffect(() => {
    if (SCREEN_LINKS.some(({ to }) => to === pathname)) keepScreenAddress(siteId, pathname, search)
  }, [siteId, pathname, search])

  const links = SCREEN_LINKS.filter(({ ownersOnly }) => !ownersOnly || mayOwn)
  const handlers = {
    palette: palette.open,
    overview: palette.openShortcuts,
    'rows.next': () => stepRows(1),
    'rows.before': () => stepRows(-1),
    filter: () => focusFilter() || palette.open(),
    copyLink() {
      const link = linkHere(site?.zones[0]?.host ?? null, pathname, search)
      if (link) void copyText(writeDeepLink(link), 'Link')
      else showDone('There is no link to this screen. Open a page, a tag, a purge or a build.')
    },
    ...Object.fromEntries(links.map(({ to, shortcut }) => [shortcut, () => void navigate(screenAddress(siteId, to))] as const)),
  }
  useShortcuts(handlers, { last: true })
  return null
}
