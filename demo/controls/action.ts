/** What was asked for cannot be done; the message is a sentence for the person. */
export class ControlProblem extends Error {}

export type Body = Readonly<Record<string, unknown>>
export type Outcome = { readonly sentence: string } & Readonly<Record<string, unknown>>
export type Action = (body: Body) => Promise<Outcome> | Outcome

/** A text of the body. @throws ControlProblem */
export function text(body: Body, name: string, longest: number): string {
  const value = body[name]
  if (typeof value !== 'string' || value.trim() === '') throw new ControlProblem(`${name} must be a text.`)
  if (value.length > longest) throw new ControlProblem(`${name} may have at most ${String(longest)} characters.`)
  return value.trim()
}

/** A number of the body, or undefined when it names none. @throws ControlProblem */
export function optionalNumber(body: Body, name: string, least: number, most: number): number | undefined {
  const value = body[name]
  if (value === undefined) return undefined
  if (typeof value !== 'number' || !(value >= least && value <= most)) {
    throw new ControlProblem(`${name} must be a number from ${String(least)} to ${String(most)}.`)
  }
  return value
}
