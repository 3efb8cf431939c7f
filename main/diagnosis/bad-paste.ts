import { AppError } from '#shared/errors.ts'

const FIX =
  "Paste the response headers as the browser's network panel shows them, the output of curl -i, or the text of a HAR file."

/** What a customer sent cannot be read. */
export function badPaste(sentence: string): AppError {
  return new AppError('BAD_INPUT', sentence, { field: 'customer.text', fix: FIX })
}
