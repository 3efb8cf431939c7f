import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { readablePath, readablePaths } from './readable-path.ts'

const Names = createContext(readablePath)

/** The paths below are rows of one list: no two of them look the same. */
export function PathList({
  rows,
  children,
}: {
  readonly rows: readonly { readonly path: string }[]
  readonly children: ReactNode
}) {
  const names = useMemo(() => readablePaths(rows), [rows])
  return <Names value={names}>{children}</Names>
}

/** How a path is read among those of its list. */
export function usePathName(path: string): string {
  return useContext(Names)(path)
}

/** A path to read; its exact form with the host, where one is told, is the tooltip. */
export function PathText({ path, host = '' }: { readonly path: string; readonly host?: string }) {
  return <span title={`${host}${path}`}>{usePathName(path)}</span>
}
