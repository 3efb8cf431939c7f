import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import type { CauseId } from '#shared/diagnosis.ts'
import { readDoc, type DocBlock } from './read-doc.ts'
import classes from './doc-text.module.css'

interface DocTextProps {
  readonly id: CauseId
  readonly load: () => Promise<string>
}

/** A documentation page inside the panel. */
export function DocText({ id, load }: DocTextProps) {
  const page = useQuery({ queryKey: ['cause-doc', id], queryFn: load })
  if (page.isError) return <p className={classes.text}>The page could not be loaded. It is docs/causes/{id}.md.</p>
  if (page.data === undefined) return null
  return (
    <div className={classes.doc}>
      {readDoc(page.data, id).map((block, index) => (
        <Block key={index} block={block} />
      ))}
    </div>
  )
}

function Block({ block }: { readonly block: DocBlock }) {
  switch (block.kind) {
    case 'heading':
      return <h4 className={classes.heading}>{block.text}</h4>
    case 'code':
      return <pre className={classes.code}>{block.text}</pre>
    case 'text':
      return (
        <p className={classes.text}>
          <Inline text={block.text} />
        </p>
      )
    case 'list': {
      const items = block.items.map((item, index) => (
        <li key={index}>
          <Inline text={item} />
        </li>
      ))
      return block.ordered ? <ol className={classes.list}>{items}</ol> : <ul className={classes.list}>{items}</ul>
    }
    case 'table':
      return (
        <table className={classes.table}>
          <tbody>
            {block.rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, column) => (
                  <td key={column}>
                    <Inline text={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )
  }
}

/** Code, bold and italics; of links to other pages only the words. */
function Inline({ text }: { readonly text: string }) {
  const parts = text.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1').split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/)
  return parts.map((part, index) => {
    if (part.startsWith('`')) return <code key={index}>{part.slice(1, -1)}</code>
    if (part.startsWith('**')) return <strong key={index}>{part.slice(2, -2)}</strong>
    if (index % 2 === 1) return <em key={index}>{part.slice(1, -1)}</em>
    return <Fragment key={index}>{part}</Fragment>
  })
}
