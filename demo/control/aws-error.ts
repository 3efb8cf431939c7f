import { randomUUID } from 'node:crypto'
import { xmlDocument } from './xml.ts'

/** An error as the API words it: a status, a code that clients match on, and a sentence. */
export class AwsError extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }

  toXml(): string {
    const type = this.status < 500 ? 'Sender' : 'Receiver'
    return xmlDocument('ErrorResponse', {
      Error: { Type: type, Code: this.code, Message: this.message },
      RequestId: randomUUID(),
    })
  }
}
