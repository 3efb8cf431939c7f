import { BrowserWindow, Notification } from 'electron'
import type { Notice } from '#shared/notices.ts'

/** What was said to the system stays referenced until it is gone: a collected one is never clicked. */
const shown = new Set<Notification>()

/** Says it to the person, unless the window is in front of them. A click opens it. */
export function notify(notice: Pick<Notice, 'title' | 'body' | 'route'>, open: (route: string) => void): void {
  if (BrowserWindow.getFocusedWindow() !== null || !Notification.isSupported()) return
  const notification = new Notification({ title: notice.title, body: notice.body })
  const forget = (): void => void shown.delete(notification)
  notification.on('click', () => {
    forget()
    open(notice.route)
  })
  notification.on('close', forget)
  notification.on('failed', forget)
  shown.add(notification)
  notification.show()
}
