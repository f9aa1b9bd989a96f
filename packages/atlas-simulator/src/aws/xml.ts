/** A value of an answer; a list becomes one `item` for each of its values, as in EC2's answers. Null is left out. */
export type XmlValue = string | number | boolean | null | readonly XmlValue[] | XmlFields
/** Elements by name. */
export type XmlFields = { [name: string]: XmlValue }

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }

/** Formats a document with one root; `namespace` is the service's, with the version of its API. */
export function toXml(root: string, namespace: string | null, value: XmlValue): string {
  const attribute = namespace === null ? "" : ` xmlns="${namespace}"`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${toContent(value)}</${root}>`
}

function toContent(value: XmlValue): string {
  if (value === null) return ""
  if (typeof value !== "object") return String(value).replace(/[&<>"]/g, (found) => escapes[found] ?? found)
  const fields = isList(value)
    ? value.map((one): [string, XmlValue] => ["item", one])
    : Object.entries(value).filter(([, one]) => one !== null)
  return fields.map(([name, one]) => `<${name}>${toContent(one)}</${name}>`).join("")
}

/** Returns true for a list of values. */
export function isList(value: XmlValue): value is readonly XmlValue[] {
  return Array.isArray(value)
}
