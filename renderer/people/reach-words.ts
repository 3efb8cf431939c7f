/** From where a link can be opened, seen from the window that made it. */
export function reachWords({ protocol, hostname }: Pick<Location, 'protocol' | 'hostname'>): string {
  if (protocol === 'app:')
    return 'Links open in a browser, so the panel has to be served to browsers: npm run serve. The part after # stays the same.'
  if (hostname === '127.0.0.1')
    return 'This panel answers this machine only, so the link works in browsers on it. To let others in, start it with --public-url.'
  return `It opens in any browser that reaches ${hostname}.`
}
