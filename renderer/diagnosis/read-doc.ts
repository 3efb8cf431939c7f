/** A part of a documentation page, as far as our own pages use Markdown. */
export type DocBlock =
  | { readonly kind: 'heading' | 'text' | 'code'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly ordered: boolean }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }

const ITEM = /^(?:[-*]|(\d+)\.)\s+(.*)$/

/** Reads headings, paragraphs, lists, tables and fenced code. The page's own title and name are left out: they stand above already. */
export function readDoc(markdown: string, name: string): DocBlock[] {
  const blocks: DocBlock[] = []
  const lines = markdown.replaceAll('\r\n', '\n').split('\n')
  for (let at = 0; at < lines.length;) {
    const line = lines[at] ?? ''
    if (line.trim() === '' || line.startsWith('# ') || line === `\`${name}\``) {
      at++
      continue
    }
    if (line.startsWith('```')) {
      const end = lines.findIndex((other, index) => index > at && other.startsWith('```'))
      const last = end === -1 ? lines.length : end
      blocks.push({ kind: 'code', text: lines.slice(at + 1, last).join('\n') })
      at = last + 1
      continue
    }
    const from = at
    const heading = /^#{2,6}\s+(.*)$/.exec(line)
    if (heading) {
      blocks.push({ kind: 'heading', text: heading[1] ?? '' })
      at++
      continue
    }
    while (at < lines.length && (lines[at] ?? '').trim() !== '' && !/^(```|#{1,6}\s)/.test(lines[at] ?? '')) at++
    blocks.push(readBlock(lines.slice(from, at)))
  }
  return blocks
}

function readBlock(lines: readonly string[]): DocBlock {
  const [first = ''] = lines
  if (first.startsWith('|')) {
    const rows = lines.filter((line) => !/^\|[\s:|-]+\|?$/.test(line.trim()))
    return { kind: 'table', rows: rows.map(cells) }
  }
  if (!ITEM.test(first)) return { kind: 'text', text: lines.join(' ') }
  const items: string[] = []
  for (const line of lines) {
    const item = ITEM.exec(line)
    if (item) items.push(item[2] ?? '')
    else items.push(`${items.pop() ?? ''} ${line.trim()}`)
  }
  return { kind: 'list', items, ordered: ITEM.exec(first)?.[1] !== undefined }
}

const cells = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'))
