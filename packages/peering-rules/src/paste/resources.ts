import type { HclBlock } from "#formats/hcl.ts"
import { toSnakeCase } from "#formats/hcl.ts"
import { toList, toObject, toText } from "#formats/unknown-json.ts"

/** Deeper than any state or template. */
const deepest = 30
const mostBlocks = 500

const resourceType = /^mongodb(?:atlas|::atlas).{0,40}?network_?(?<kind>peering|container)$/i

/** What the parameters of a template, or the variables of code, are without anything else: `var.vpc_id` → its default. */
export type Defaults = ReadonlyMap<string, unknown>

/** Lists the defaults of CloudFormation's parameters, and of variables in Terraform's JSON. */
export function listDefaults(values: readonly unknown[]): Defaults {
  const all = values.map(toObject).flatMap(({ Parameters, variable, config }) => [
    ...Object.entries(toObject(Parameters)).map(([name, one]) => [name, toObject(one)["Default"]] as const),
    // Pulumi's YAML
    ...Object.entries(toObject(config)).map(([name, one]) => [name, toObject(one)["default"]] as const),
    ...Object.entries(toObject(variable)).map(
      ([name, one]) => [`var.${name}`, toObject(toList(one)[0])["default"]] as const,
    ),
  ])
  return new Map(all.filter(([, value]) => toText(value) !== null))
}

/** Puts defaults in the place of the expressions that name them, and lists the names of those attributes at `defaults`. */
export function resolveDefaults(block: HclBlock, defaults: Defaults): HclBlock {
  const facts = new Map(block.facts)
  const resolved: string[] = []
  for (const [path, [value]] of block.facts) {
    const known = defaults.get((toText(value) ?? "").replace(/^\$\{(.*)\}$/, "$1"))
    if (!path.endsWith(".expression") || known === undefined) continue
    const name = path.replace(/\.expression$/, "")
    facts.delete(path)
    facts.set(name, [known])
    resolved.push(name)
  }
  return resolved.length === 0 ? block : { ...block, facts, defaults: resolved }
}

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
    // Data only looks up what a resource elsewhere has made.
    if (kind?.toLowerCase() === "peering" && thing["mode"] === "data") return
    if (kind !== undefined && place !== undefined)
      return void blocks.push(toBlock(kind, own + formatIndex(thing["index"]), thing[place]))
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

type Thing = Readonly<Record<string, unknown>>

/** Writes a network's attributes in Terraform as its cloud's command line prints them. */
const printers: Readonly<Record<string, (attributes: Thing) => Thing>> = {
  aws_vpc: ({ id, owner_id, cidr_block, arn }) => ({
    VpcId: id,
    OwnerId: owner_id,
    CidrBlock: cidr_block,
    VpcArn: arn,
    CidrBlockAssociationSet: [],
  }),
  azurerm_virtual_network: ({ id, name, resource_group_name, address_space, location }) => ({
    id,
    name,
    resourceGroup: resource_group_name,
    addressSpace: { addressPrefixes: address_space },
    location,
  }),
  google_compute_network: ({ self_link, name, auto_create_subnetworks }) => ({
    kind: "compute#network",
    selfLink: self_link,
    name,
    autoCreateSubnetworks: auto_create_subnetworks,
  }),
}

/** Lists each instance of a cloud's network in Terraform's state and in `terraform show -json`. */
export function findNetworks(values: readonly unknown[]): Thing[] {
  const networks: Thing[] = []
  for (const value of values) walk(value, 0)
  return networks

  function walk(value: unknown, depth: number): void {
    if (depth > deepest || networks.length >= mostBlocks) return
    if (Array.isArray(value)) return value.forEach((one) => walk(one, depth + 1))
    const { type, mode, instances, values: planned, ...rest } = toObject(value)
    const print =
      typeof type === "string" && mode !== undefined && Object.hasOwn(printers, type)
        ? printers[type]
        : undefined
    const found = [planned, ...toList(instances).map((one) => toObject(one)["attributes"])].filter(
      (one) => one !== undefined,
    )
    if (print !== undefined) networks.push(...found.map((one) => print(toObject(one))))
    else for (const one of [planned, ...Object.values(rest)]) walk(one, depth + 1)
  }
}
