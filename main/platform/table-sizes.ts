import type { Raw } from './database.ts'

export interface TableSize {
  readonly name: string
  readonly rows: number
  /** With its indexes. */
  readonly bytes: number
}

/** The largest first. Looks at every page of the database. */
export function readTableSizes(db: Raw): TableSize[] {
  const sizes = db
    .prepare<[], { name: string; bytes: number }>(
      `SELECT s.tbl_name AS name, sum(d.pgsize) AS bytes FROM dbstat('main', 1) d JOIN sqlite_schema s ON s.name = d.name
       WHERE s.tbl_name NOT LIKE 'sqlite_%' GROUP BY s.tbl_name ORDER BY bytes DESC, s.tbl_name`,
    )
    .all()
  return sizes.map(({ name, bytes }) => ({
    name,
    bytes,
    rows: db.prepare<[], number>(`SELECT count(*) FROM "${name}"`).pluck().get() ?? 0,
  }))
}
