import { useEffect } from 'react'
import { useNavigate } from 'react-router'
import type { Notice } from '#shared/notices.ts'
import { useBrowserNotices } from '#renderer/lib/browser-notices.ts'
import { client } from '#renderer/lib/client.ts'

/** Shows what happens as notifications of the system, where a person allowed this browser to. Draws nothing. */
export function BrowserNotices() {
  const state = useBrowserNotices()
  const navigate = useNavigate()
  useEffect(() => {
    if (state !== 'on') return
    const stop = new AbortController()
    void follow(stop.signal, ({ title, body, route }) => {
      if (document.hasFocus()) return
      // Two windows of one browser say the same thing once.
      const shown = new Notification(title, { body, tag: `${route} ${title}` })
      shown.addEventListener('click', () => {
        window.focus()
        shown.close()
        void navigate(route)
      })
    })
    return () => stop.abort()
  }, [state, navigate])
  return null
}

async function follow(signal: AbortSignal, show: (notice: Notice) => void): Promise<void> {
  try {
    for await (const notice of await client.notices.listen(undefined, { signal })) show(notice)
  } catch {
    // The connection's own state tells of a broken line; the frame is drawn anew when it is back.
  }
}
