import { parse } from 'csv-parse/sync'
import { detectList, type ListForm } from './list-form.ts'
import { splitLines, type Line } from './split-lines.ts'

/** One address of a list, or why a line of it holds none. */
export interface ListEntry {
  readonly line: number
  readonly field: string
  readonly text: string
  readonly refused?: { readonly reason: string; readonly fix: string }
}

const SAMPLE_LINES = 20
const RECORDS_AT_ONCE = 500
/** A quoted cell may run over this many lines; more is a quote that somebody forgot to close. */
const RECORD_LINES_AT_MOST = 50

/** Reads a list of addresses line by line, or a CSV file with its column found by its header. Never holds all of it. */
export async function* readList(parts: AsyncIterable<string>): AsyncGenerator<ListEntry> {
  const sample: Line[] = []
  let form: ListForm | null = null
  let csv: CsvReader | null = null
  const begin = function* (): Generator<ListEntry> {
    form = detectList(sample.map((line) => line.text))
    csv = form.kind === 'csv' ? new CsvReader(form) : null
    for (const line of sample.splice(0)) yield* one(line)
  }
  const one = function* (line: Line): Generator<ListEntry> {
    if (csv) yield* csv.take(line)
    else if (line.tooLong) yield tooLong(line, 'url')
    else yield { line: line.number, field: 'url', text: line.text }
  }
  for await (const line of splitLines(parts)) {
    if (line.text.trim() === '') continue
    if (form) yield* one(line)
    else if (sample.push(line) >= SAMPLE_LINES) yield* begin()
  }
  if (!form) yield* begin()
  if (csv) yield* (csv as CsvReader).end()
}

function tooLong(line: Line, field: string): ListEntry {
  return {
    line: line.number,
    field,
    text: line.text.slice(0, 200),
    refused: { reason: 'The line is longer than 64 KiB.', fix: 'Put each address on a line of its own.' },
  }
}

/** Puts lines together to records and reads them many at a time; a record that cannot be read spoils no other. */
class CsvReader {
  readonly #form: ListForm
  #open: Line[] = []
  #records: Line[] = []
  #header = true

  constructor(form: ListForm) {
    this.#form = form
  }

  *take(line: Line): Generator<ListEntry> {
    if (line.tooLong) {
      while (this.#open.length > 0) yield* this.#giveUpOpen()
      yield* this.#flush()
      yield tooLong(line, this.#form.field)
      return
    }
    this.#open.push(line)
    const text = this.#open.map((part) => part.text).join('\n')
    if (quotesIn(text) % 2 === 0) {
      this.#records.push({ number: this.#open[0]?.number ?? line.number, text, tooLong: false })
      this.#open = []
      if (this.#records.length >= RECORDS_AT_ONCE) yield* this.#flush()
    } else if (this.#open.length >= RECORD_LINES_AT_MOST) yield* this.#giveUpOpen()
  }

  *end(): Generator<ListEntry> {
    while (this.#open.length > 0) yield* this.#giveUpOpen()
    yield* this.#flush()
  }

  /** The line with the open quote is refused; those after it are read as lines of their own. */
  *#giveUpOpen(): Generator<ListEntry> {
    const [first, ...rest] = this.#open.splice(0)
    if (!first) return
    yield* this.#flush()
    yield {
      line: first.number,
      field: this.#form.field,
      text: first.text,
      refused: { reason: 'A quote is opened and not closed.', fix: 'Close it, or write it twice when it belongs to the text.' },
    }
    for (const line of rest) yield* this.take(line)
  }

  *#flush(): Generator<ListEntry> {
    const records = this.#records.splice(0)
    if (this.#header && records.length > 0) {
      this.#header = false
      if (this.#form.hasHeader) records.shift()
    }
    const cells = this.#parse(records.map((record) => record.text).join('\n'))
    if (cells?.length === records.length) {
      for (const [at, record] of records.entries()) yield this.#entry(record, cells[at])
      return
    }
    for (const record of records) {
      const alone = this.#parse(record.text)
      if (alone?.length === 1) yield this.#entry(record, alone[0])
      else {
        const refused = { reason: 'The line cannot be read as CSV.', fix: 'Check its quotes.' }
        yield { line: record.number, field: this.#form.field, text: record.text, refused }
      }
    }
  }

  #entry(record: Line, cells: readonly string[] | undefined): ListEntry {
    return { line: record.number, field: this.#form.field, text: cells?.[this.#form.column] ?? '' }
  }

  #parse(text: string): string[][] | null {
    if (text === '') return []
    try {
      return parse(text, {
        delimiter: this.#form.delimiter,
        relaxColumnCount: true,
        relaxQuotes: true,
        recordDelimiter: '\n',
      })
    } catch {
      return null
    }
  }
}

function quotesIn(text: string): number {
  let count = 0
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) count += 1
  return count
}
