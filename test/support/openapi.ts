import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv, type AnySchema, type ValidateFunction } from 'ajv'
import * as z from 'zod'

const Parameter = z.object({
  name: z.string(),
  in: z.string(),
  required: z.boolean().default(false),
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
})
const Operation = z.object({
  operationId: z.string(),
  parameters: z.array(Parameter).default([]),
  responses: z.record(z.string(), z.object({ schema: z.custom<AnySchema>().optional() })),
})
const PathItem = z.object({
  parameters: z.array(Parameter).default([]),
  get: Operation.optional(),
  post: Operation.optional(),
  put: Operation.optional(),
})
const Document = z.object({ basePath: z.string(), paths: z.record(z.string(), PathItem) })

/** One call that a published description knows, by its own name. */
export interface DescribedCall {
  readonly operationId: string
  readonly path: Readonly<Record<string, string>>
  /** What is wrong with the request by the description; empty when nothing is. */
  readonly problems: readonly string[]
  /** What is wrong with an answer. */
  check(status: number, body: unknown): string[]
}

/**
 * Finds the operation of a request in a Swagger 2 document of an npm package and validates both the request and its answer.
 * Returns null when the description has no such operation.
 */
export function openApi(module: string): (method: string, url: URL) => DescribedCall | null {
  const { basePath, paths } = Document.parse(JSON.parse(readFileSync(createRequire(import.meta.url).resolve(module), 'utf8')))
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
  const validators = new Map<AnySchema, ValidateFunction>()
  const validatorOf = (schema: AnySchema): ValidateFunction => {
    const made = validators.get(schema) ?? ajv.compile(schema)
    validators.set(schema, made)
    return made
  }
  const templates = Object.entries(paths).map(([template, item]) => ({
    item,
    names: [...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
    pattern: new RegExp(`^${basePath}${template.replace(/\{\w+\}/g, '([^/]+)')}$`),
  }))
  return (method, url) => {
    const verb = z.enum(['get', 'post', 'put']).safeParse(method.toLowerCase()).data
    for (const { item, names, pattern } of templates) {
      const match = pattern.exec(url.pathname)
      const operation = verb === undefined ? undefined : item[verb]
      if (!match || !operation) continue
      const query = [...item.parameters, ...operation.parameters].filter((parameter) => parameter.in === 'query')
      return {
        operationId: operation.operationId,
        path: Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? ''])),
        problems: [
          ...[...url.searchParams].flatMap(([name, value]) => {
            const parameter = query.find((known) => known.name === name)
            if (!parameter) return [`${operation.operationId}: the description has no parameter ${name}`]
            return fits(parameter, value) ? [] : [`${operation.operationId}: ${name}=${value} is no ${parameter.type}`]
          }),
          ...query
            .filter(({ name, required }) => required && !url.searchParams.has(name))
            .map(({ name }) => `${name} is missing`),
        ],
        check(status, body) {
          const response = operation.responses[status] ?? (status >= 400 ? operation.responses['default'] : undefined)
          if (!response) return [`${operation.operationId}: the description has no answer ${status}`]
          if (response.schema === undefined) return []
          const validate = validatorOf(response.schema)
          return validate(body) ? [] : [`${operation.operationId} ${status}: ${ajv.errorsText(validate.errors)}`]
        },
      }
    }
    return null
  }
}

function fits({ type, enum: values }: z.infer<typeof Parameter>, value: string): boolean {
  if (values !== undefined) return values.includes(value)
  if (type === 'integer') return /^\d+$/.test(value)
  return type === 'boolean' ? value === 'true' || value === 'false' : true
}
