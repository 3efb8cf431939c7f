/** "2,318": a count as sentences of the core have it. */
export function counted(count: number): string {
  return count.toLocaleString('en-US')
}

/** "1 page", "1,204 pages". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${counted(count)} ${count === 1 ? one : many}`
}
