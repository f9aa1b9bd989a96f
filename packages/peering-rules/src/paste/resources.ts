import type { HclBlock } from "#formats/hcl.ts"
import { toSnakeCase } from "#formats/hcl.ts"
import { toList, toObject, toText } from "#formats/unknown-json.ts"

/** Deeper than any state or template. */
const deepest = 30
const mostBlocks = 500

const resourceType = /^mongodb(?:atlas|::atlas).{0,40}?network_?(?<kind>peering|container)$/i

/** Where state and plans of Terraform, CloudFormation and Pulumi keep a resource's attributes. */
const attributePlaces = ["values", "attributes", "properties", "Properties", "inputs"]

/**
 * Finds MongoDB's resources in the JSON or YAML of Terraform's state and plans, Terraform's JSON language, CloudFormation and Pulumi, as
 * the blocks that Terraform's language has for them.
 */
export function findResources(values: readonly unknown[]): HclBlock[] {
  const blocks: HclBlock[] = []
  for (const value of values) walk(value, "", 0)
  return blocks

  function walk(value: unknown, name: string, depth: number): void {
    if (depth > deepest || blocks.length >= mostBlocks) return
    if (Array.isArray(value)) return value.forEach((one) => walk(one, name, depth + 1))
    const thing = toObject(value)
    // A plan has the same resources again as changes, and as they were before.
    const planned = thing["planned_values"]
    if (planned !== undefined) return walk(planned, name, depth + 1)
    const kind = resourceType.exec(toText(thing["type"] ?? thing["Type"]) ?? "")?.groups?.["kind"]
    const own = toText(thing["name"]) ?? name
    const place = attributePlaces.find((one) => one in thing)
    if (kind !== undefined && place !== undefined) return void blocks.push(toBlock(kind, own, thing[place]))
    const instances = toList(thing["instances"]).slice(0, mostBlocks).map(toObject)
    if (kind !== undefined && instances.some((one) => "attributes" in one))
      return instances.forEach((one) =>
        blocks.push(toBlock(kind, own + formatIndex(one["index_key"]), one["attributes"])),
      )
    for (const [key, inner] of Object.entries(thing)) {
      const ofKey = resourceType.exec(key)?.groups?.["kind"]
      if (ofKey === undefined) walk(inner, key, depth + 1)
      else
        for (const [label, one] of Object.entries(toObject(inner)))
          blocks.push(toBlock(ofKey, label, toList(one)[0]))
    }
  }
}

/** Writes the index of an instance as Terraform does: `["eu"]`, `[1]`; nothing for a resource without `count` and `for_each`. */
function formatIndex(key: unknown): string {
  return typeof key === "string" || typeof key === "number" ? `[${JSON.stringify(key)}]` : ""
}

function toBlock(kind: string, name: string, attributes: unknown): HclBlock {
  const facts = new Map<string, readonly unknown[]>()
  for (const [key, value] of Object.entries(toObject(attributes))) {
    const attribute = toAttributeName(key)
    const expression = toExpression(value)
    const texts = toList(value).flatMap((one) => toText(one) ?? [])
    if (expression !== null) facts.set(`${attribute}.expression`, [expression])
    else if (texts.length > 0) facts.set(attribute, texts)
  }
  return { words: [`mongodbatlas_network_${kind.toLowerCase()}`, name], facts }
}

/** `RouteTableCIDRBlock` → `route_table_cidr_block`. */
function toAttributeName(name: string): string {
  const words = name.replace("CIDR", "Cidr")
  return toSnakeCase(words.charAt(0).toLowerCase() + words.slice(1))
}

/** Returns what only the tool can work out: `${container.id}`, `{"Ref": "Container"}`. Null for a value. */
function toExpression(value: unknown): string | null {
  const text = toText(value)
  if (text !== null) return /\$\{([^}]{1,200})/.exec(text)?.[1] ?? null
  if (Array.isArray(value)) return null
  const [entry] = Object.entries(toObject(value))
  if (entry === undefined) return null
  return toList(entry[1])
    .flatMap((one) => toText(one) ?? [])
    .join(".")
}
