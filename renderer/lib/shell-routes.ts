/** Calls back with the paths that the desktop window wants the panel to show: of its menu, its tray, a link. */
export function followShellRoutes(go: (route: string) => void): void {
  if (!window.frostline) return
  window.addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
    if (source !== window || origin !== window.location.origin) return
    const route = routeIn(data)
    if (route !== null) go(route)
  })
}

function routeIn(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('frostline' in data) || data.frostline !== 'open') return null
  const route = 'route' in data && typeof data.route === 'string' ? data.route : ''
  return /^\/(?![/\\])/.test(route) ? route : null
}
