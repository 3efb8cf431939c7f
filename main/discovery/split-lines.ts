export interface Line {
  /** From 1. */
  readonly number: number
  /** Its beginning, when it is too long. */
  readonly text: string
  readonly tooLong: boolean
}

export const LINE_CHARACTERS_AT_MOST = 65_536

/** Cuts a text into lines as it comes; of a line without end only the beginning is kept. */
export async function* splitLines(parts: AsyncIterable<string>): AsyncGenerator<Line> {
  let number = 1
  let held = ''
  let tooLong = false
  const add = (piece: string) => {
    const room = LINE_CHARACTERS_AT_MOST - held.length
    if (piece.length > room) tooLong = true
    held += piece.slice(0, Math.max(0, room))
  }
  const line = (): Line => {
    const ended = { number, text: held.endsWith('\r') ? held.slice(0, -1) : held, tooLong }
    number += 1
    held = ''
    tooLong = false
    return ended
  }
  for await (const part of parts) {
    let from = 0
    for (let at = part.indexOf('\n'); at !== -1; at = part.indexOf('\n', from)) {
      add(part.slice(from, at))
      yield line()
      from = at + 1
    }
    add(part.slice(from))
  }
  if (held !== '') yield line()
}
