import { app } from 'electron'

/**
 * Whether this is the only desktop of its data folder. A second one hands over to the first, which shows its window; a
 * browser shell that holds the folder is found by the folder's own lock.
 */
export function isOnlyInstance(): boolean {
  return app.requestSingleInstanceLock()
}

/** Shows the window when a second start or the dock asks for it. */
export function showWhenAsked(show: () => void): void {
  app.on('second-instance', show)
  app.on('activate', show)
}
