import { findText, withFacts, type Facts } from "#formats/facts.ts"
import { parseHclBlocks, toSnakeCase, type HclBlock } from "#formats/hcl.ts"
import { unknownRule } from "./atlas.ts"
import { requestFields } from "./fields.ts"
import { readIdentifier } from "./identifier.ts"
import type { Pasted, PastedField } from "./pasted.ts"
import { readThings, type Kind, type Rule } from "./things.ts"

const containerFields = {
  atlas_cidr_block: "atlasCidrBlock",
  region_name: "region",
  region: "region",
  regions: "regions",
} as const
const otherNames =
  "provider_name project_id atlas_gcp_project_id atlas_vpc_name count for_each depends_on provider delete_on_create_timeout"
const knownNames = [
  ...requestFields.map(toSnakeCase),
  ...Object.keys(containerFields),
  ...otherNames.split(" "),
]

/** Puts an attribute's literal into a field, and names its expression. */
function attributeRules(name: string, field: PastedField | "providerName", prefix = ""): Rule[] {
  const path = `${prefix}${name}`
  const sentence = `${name} is {${path}.expression}, which only Terraform knows. Enter the value.`
  return [[path, field], sentence]
}

const kind: Kind = {
  source: "terraform",
  several: "blocks here",
  rules: [
    ...attributeRules("provider_name", "providerName"),
    ["cloudByRegion", "providerName"],
    ...requestFields.flatMap((field) => attributeRules(toSnakeCase(field), field)),
    ...Object.entries(containerFields).flatMap(([name, field]) => attributeRules(name, field, "container.")),
    "{?ownBlock}atlas_cidr_block skipped: it belongs to the container.",
    unknownRule,
  ],
}

/** Reads `mongodbatlas_network_peering` and `mongodbatlas_network_container` blocks. Null when the text has neither. */
export function readTerraform(text: string): Pasted | null {
  if (!/mongodbatlas_network_(?:peering|container)/.test(text)) return null
  const blocks = parseHclBlocks(text.slice(0, 300_000))
  const containers = blocks.filter(({ words }) => words.includes("mongodbatlas_network_container"))
  const peerings = blocks.filter(({ words }) => words.includes("mongodbatlas_network_peering"))
  const things = [
    peerings.map((one) => toThing(one, findContainer(one, containers))),
    containers.map((one) => toThing(one, one)),
  ].find(({ length }) => length > 0)
  return readThings(kind, things ?? []) ?? readImport(text)
}

/** Reads `terraform import mongodbatlas_network_peering.app ID` or an `import` block, which have nothing but the id. */
function readImport(text: string): Pasted | null {
  const id = /\b[0-9a-f]{24}-[0-9a-f]{24}(?:-(?:AWS|GCP|AZURE))?\b/i.exec(text)?.[0]
  return id === undefined ? null : readIdentifier(id)
}

/** Finds the container of the text from which a peering takes its `container_id`. */
function findContainer({ facts }: HclBlock, containers: readonly HclBlock[]): HclBlock | undefined {
  const address = /^[\w-]+\.[\w-]+/.exec(findText(facts, "container_id.expression") ?? "")?.[0]
  return containers.find(({ words }) => words.slice(-2).join(".") === address)
}

function toThing({ words, facts }: HclBlock, container: HclBlock | undefined): Facts {
  const names = [...facts.keys()].map((path) => path.replace(/\.expression$/, ""))
  const unknown = names.filter((name) => !knownNames.includes(name))
  const isAws = !facts.has("provider_name") && names.includes("region_name")
  const thing = new Map<string, readonly unknown[]>([
    ...facts,
    ["title", [words.join(" ")]],
    ["cloudByRegion", isAws ? ["AWS"] : []],
    ["ownBlock", container === undefined && names.includes("atlas_cidr_block") ? ["true"] : []],
    ["unknown", [unknown.slice(0, 8).join(", ")]],
  ])
  if (container !== undefined) thing.delete("container_id.expression")
  return withFacts(thing, "container", container?.facts)
}
