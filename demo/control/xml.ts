import { XMLParser } from 'fast-xml-parser'
import { isRecord } from '../platform/state.ts'

/** Elements in the order of the members; an array repeats its element; undefined leaves it out. */
export type XmlNode = string | number | boolean | undefined | readonly XmlNode[] | { readonly [name: string]: XmlNode }

export const apiNamespace = 'http://cloudfront.amazonaws.com/doc/2020-05-31/'

/** A document with the API's namespace on its root. */
export function xmlDocument(root: string, node: XmlNode): string {
  return `<?xml version="1.0"?>\n<${root} xmlns="${apiNamespace}">${content(node)}</${root}>`
}

function element(name: string, node: XmlNode): string {
  if (node === undefined) return ''
  if (Array.isArray(node)) return node.map((item: XmlNode) => element(name, item)).join('')
  return `<${name}>${content(node)}</${name}>`
}

function content(node: XmlNode): string {
  if (node === undefined) return ''
  if (typeof node !== 'object') return escapeXml(String(node))
  return Object.entries(node)
    .map(([name, child]) => element(name, child))
    .join('')
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false, trimValues: false })

/** Reads a document into nested records; all leaves are text. @throws when it is not well-formed. */
export function parseXml(text: string): unknown {
  return parser.parse(text, true)
}

/** The value at a path of element names, or undefined. */
export function valueAt(value: unknown, ...names: readonly string[]): unknown {
  let current = value
  for (const name of names) {
    if (!isRecord(current)) return undefined
    current = current[name]
  }
  return current
}

/** An element that may stand once or several times, as a list of texts. */
export function textsOf(value: unknown): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value]
  return items.map((item) => (typeof item === 'string' ? item : ''))
}
