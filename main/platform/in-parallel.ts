/** Does `work` for every item, at most `limit` at a time. Stops at the first failure and throws it once the others have ended. */
export async function inParallel<T>(items: Iterable<T>, limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items[Symbol.iterator]()
  let failure: { readonly error: unknown } | null = null
  const worker = async (): Promise<void> => {
    for (let next = waiting.next(); next.done !== true && failure === null; next = waiting.next()) {
      try {
        await work(next.value)
      } catch (error) {
        failure ??= { error }
      }
    }
  }
  await Promise.all(Array.from({ length: limit }, worker))
  const ended = failure as { readonly error: unknown } | null
  if (ended !== null) throw ended.error
}
