import type { ReactNode } from 'react'
import classes from './page-layers.module.css'

interface LayersTableProps {
  readonly edgeTitle: ReactNode
  readonly originTitle: ReactNode
  readonly children: ReactNode
}

/** Two layers in aligned columns. */
export function LayersTable({ edgeTitle, originTitle, children }: LayersTableProps) {
  return (
    <table className={classes.table} aria-label="Edge copy and origin copy">
      <thead>
        <tr>
          <th scope="col" className={classes.corner}>
            What
          </th>
          <th scope="col">
            Edge copy <span className={classes.when}>{edgeTitle}</span>
          </th>
          <th scope="col">
            Origin copy <span className={classes.when}>{originTitle}</span>
          </th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

interface LayerRowProps {
  readonly name: string
  /** Null: the layer is not known. */
  readonly edge: ReactNode
  readonly origin: ReactNode
  readonly differs: boolean
  /** About the exchange, not about the copy. */
  readonly quiet?: boolean
  readonly mono?: boolean
}

export function LayerRow({ name, edge, origin, differs, quiet = false, mono = false }: LayerRowProps) {
  return (
    <tr data-differs={differs || undefined} data-quiet={quiet || undefined} data-mono={mono || undefined}>
      <th scope="row">
        {name}
        {differs && ' '}
        {differs && (
          <span className={classes.mark} role="img" aria-label="differs" title="The two differ">
            ≠
          </span>
        )}
      </th>
      <td>{edge}</td>
      <td>{origin}</td>
    </tr>
  )
}
