/** Whether a host is one of an alias: the same name, or any one label in the place of `*.`, as CloudFront takes it. */
export function hostMatches(alias: string, host: string): boolean {
  const [wanted, name] = [alias.toLowerCase(), host.toLowerCase().replace(/:\d+$/, '')]
  if (!wanted.startsWith('*.')) return wanted === name
  const [label = '', ...rest] = name.split('.')
  return label !== '' && rest.join('.') === wanted.slice(2)
}
