import * as z from 'zod'
import { counted } from '#shared/count-of.ts'
import { ExportedSite } from '#shared/settings-file.ts'

/** The part of JSON Schema that says what a value may be. */
interface Shape {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly properties?: Readonly<Record<string, Shape>>
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
}

/** What belongs at a place of a site in a file of settings: "a whole number from 1 to 64". Null where that cannot be said shortly. */
export function whatBelongs(path: readonly PropertyKey[]): string | null {
  // The shape is zod's own output, which types it more widely.
  const whole = z.toJSONSchema(ExportedSite, { io: 'input', unrepresentable: 'any' }) as Shape
  const found = path.reduce<readonly Shape[]>((at, name) => at.flatMap((shape) => within(shape, name)), [whole])
  const said = [...new Set(found.flatMap(choices).map(words))]
  return said.length === 0 || said.includes(null) ? null : listed(said.filter((one) => one !== null))
}

const choices = (shape: Shape): readonly Shape[] => (shape.anyOf ?? shape.oneOf)?.flatMap(choices) ?? [shape]

function within(shape: Shape, name: PropertyKey): readonly Shape[] {
  return choices(shape).flatMap((one) => (typeof name === 'number' ? one.items : one.properties?.[String(name)]) ?? [])
}

function words(shape: Shape): string | null {
  if (shape.const !== undefined) return JSON.stringify(shape.const)
  if (shape.enum !== undefined) return listed(shape.enum.map((one) => JSON.stringify(one)))
  switch (shape.type) {
    case 'integer':
      return `a whole number${range(shape)}`
    case 'number':
      return `a number${range(shape)}`
    case 'string':
      return shape.maxLength === undefined ? 'a text' : `a text of at most ${counted(shape.maxLength)} characters`
    case 'boolean':
      return 'true or false'
    case 'null':
      return 'null'
    case 'array':
      return 'a list'
    case 'object':
      return 'a group of settings in { }'
    default:
      return null
  }
}

function range({ minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER }: Shape): string {
  const [least, most] = [minimum > Number.MIN_SAFE_INTEGER, maximum < Number.MAX_SAFE_INTEGER]
  if (least && most) return ` from ${counted(minimum)} to ${counted(maximum)}`
  return least ? ` from ${counted(minimum)} on` : most ? ` up to ${counted(maximum)}` : ''
}

const listed = (all: readonly string[]) =>
  all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} or ${all.at(-1) ?? ''}`
