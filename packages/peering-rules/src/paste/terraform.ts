import { findText, withFacts, type Facts } from "#formats/facts.ts"
import { parseHclBlocks, toSnakeCase, type HclBlock } from "#formats/hcl.ts"
import { parseJsonValues } from "#formats/loose-json.ts"
import { parseYamlValues } from "#formats/yaml.ts"
import { unknownRule } from "./atlas.ts"
import { requestNames } from "./fields.ts"
import { readIdentifier } from "./identifier.ts"
import type { Pasted, PastedField } from "./pasted.ts"
import { findResources, listDefaults, resolveDefaults, type Defaults } from "./resources.ts"
import { readThings, type Kind, type Rule } from "./things.ts"

const containerFields = {
  atlas_cidr_block: "atlasCidrBlock",
  region_name: "region",
  region: "region",
  regions: "regions",
} as const
/** Names of a resource that nobody fills in: how to make it, and what the state says of it. */
const otherNames =
  "provider_name project_id atlas_gcp_project_id atlas_vpc_name count for_each depends_on provider delete_on_create_timeout profile id atlas_id peer_id connection_id network_peering_id status status_name error_state error_state_name error_message provisioned timeouts"
const knownNames = [
  ...requestNames.map(toSnakeCase),
  ...Object.keys(containerFields),
  ...otherNames.split(" "),
]

/** Puts an attribute's literal into a field, and names its expression. */
function attributeRules(name: string, field: PastedField | "providerName", prefix = ""): Rule[] {
  const path = `${prefix}${name}`
  const sentence = `${name} is {${path}.expression}, which only the code knows. Enter the value.`
  return [[path, field], sentence]
}

const rules: readonly Rule[] = [
  ...attributeRules("provider_name", "providerName"),
  ["cloudByRegion", "providerName"],
  ...requestNames.flatMap((field) => attributeRules(toSnakeCase(field), field)),
  ...Object.entries(containerFields).flatMap(([name, field]) => attributeRules(name, field, "container.")),
  "{?ownBlock}atlas_cidr_block skipped: it belongs to the container.",
  "Read from a default: {defaults}. Check that nothing else sets it.",
  unknownRule,
]

/**
 * Reads `mongodbatlas_network_peering` and `mongodbatlas_network_container` of Terraform, its state and plans, and the same resources of
 * CloudFormation; else the VPCs of Terraform's code. Null when the text has none.
 */
export function readResources(text: string): Pasted | null {
  if (!/network_?(?:peering|container)/i.test(text) || !/mongodb/i.test(text)) return readVpcs(text)
  if (isHcl(text)) {
    const blocks = parseHclBlocks(toPlanned(text.slice(0, 300_000)))
    return readBlocksOf("terraform", blocks, listVariables(blocks)) ?? readImport(text)
  }
  const isCloudFormation = /MongoDB::Atlas::Network/.test(text)
  const json = parseJsonValues(text).map(({ value }) => value)
  const values = json.length > 0 ? json : parseYamlValues(text)
  const isTerraform = /"(?:terraform_version|format_version|resource)"/.test(text)
  const source = isCloudFormation ? "cloudformation" : isTerraform ? "terraform" : "code"
  return readBlocksOf(source, findResources(values), listDefaults(values)) ?? readImport(text)
}

const vpcRules: readonly Rule[] = [
  ["id", "vpcId"],
  ...attributeRules("cidr_block", "routeTableCidrBlock"),
  "Read from a default: {defaults}. Check that nothing else sets it.",
  "{!vpcId}Code has no VPC ID. terraform state show prints it once the VPC exists.",
]

/** Reads the VPCs of Terraform's code, as resources and as data. */
function readVpcs(text: string): Pasted | null {
  if (!text.includes("aws_vpc") || !isHcl(text)) return null
  const blocks = parseHclBlocks(toPlanned(text.slice(0, 300_000)))
  const defaults = listVariables(blocks)
  const vpcs = blocks
    .filter(({ words: [kind = "", type] }) => ["resource", "data"].includes(kind) && type === "aws_vpc")
    .map((one) => resolveDefaults(one, defaults))
    .map(
      ({ words, facts, defaults: used = [] }) =>
        new Map([
          ...facts,
          ["title", [words.join(" ")]],
          ["defaults", used.length === 0 ? [] : [used.join(", ")]],
        ]),
    )
  return readThings({ source: "terraform", cloud: "AWS", several: "VPCs here", rules: vpcRules }, vpcs)
}

function isHcl(text: string): boolean {
  return /^[ \t]*(?:(?:[#+~-]|-\/\+|\+\/-) *)?(?:resource|data|import|module|variable)\b[^:({\n]{0,200}\{[ \t]*(?:\r?$|\w+ *=)/m.test(
    text,
  )
}

/** Writes a plan as the code that it leads to; what it destroys as it was. */
function toPlanned(text: string): string {
  let isDestroyed = false
  return text.replace(
    /^([ \t]*)(-\/\+|\+\/-|[-+~])[ \t]+(.*)$/gm,
    (_, margin: string, mark: string, rest: string) => {
      if (/^resource\b/.test(rest)) isDestroyed = mark === "-"
      return margin + toPlannedLine(rest, mark, isDestroyed)
    },
  )
}

/** Returns a line of a plan without its mark; empty for an attribute that goes away while its resource stays. */
function toPlannedLine(line: string, mark: string, isDestroyed: boolean): string {
  const [, name = "", was = line, becomes = line] = /^(\S+\s*=\s*)(?!\s)(.*?)\s->\s+(.*)$/.exec(line) ?? []
  const isRemoved = name === "" ? mark === "-" && line.includes("=") : /^null\b/.test(becomes)
  if (!isRemoved) return name + becomes
  return isDestroyed ? name + was : ""
}

/** Lists the defaults of variables, and the local values. */
function listVariables(blocks: readonly HclBlock[]): Defaults {
  const all = blocks.flatMap(({ words: [kind, name = ""], facts }): [string, unknown][] => {
    if (kind === "variable") return [[`var.${name}`, findText(facts, "default")]]
    return kind === "locals" ? [...facts].map(([local, [value]]) => [`local.${local}`, value]) : []
  })
  return new Map(all.filter(([name, value]) => value !== null && !name.endsWith(".expression")))
}

function readBlocksOf(source: Kind["source"], all: readonly HclBlock[], defaults: Defaults): Pasted | null {
  const blocks = all.map((one) => resolveDefaults(one, defaults))
  const containers = blocks.filter(({ words }) => words.includes("mongodbatlas_network_container"))
  // A data block only looks up what a resource elsewhere has made.
  const peerings = blocks.filter(
    ({ words }) => words.includes("mongodbatlas_network_peering") && words[0] !== "data",
  )
  const cloud = source === "cloudformation" ? "AWS" : null
  const kind: Kind = { source, cloud, several: "blocks here", rules }
  const ofPeerings = peerings.map((one) => toThing(one, findContainer(one, containers, source)))
  return readThings(kind, ofPeerings) ?? readThings(kind, containers.map(toContainerThing))
}

/** Reads `terraform import mongodbatlas_network_peering.app ID` or an `import` block, which have nothing but the id. */
function readImport(text: string): Pasted | null {
  const id = /\b[0-9a-f]{24}-[0-9a-f]{24}(?:-(?:AWS|GCP|AZURE))?\b/i.exec(text)?.[0]
  return id === undefined ? null : readIdentifier(id)
}

/** Finds the container of the text from which a peering takes its `container_id`. */
function findContainer(
  { facts }: HclBlock,
  containers: readonly HclBlock[],
  source: Kind["source"],
): HclBlock | undefined {
  const expression = findText(facts, "container_id.expression") ?? ""
  const [address, name] = /^([\w-]+)(?:\.[\w-]+)?/.exec(expression) ?? []
  const found = containers.find(({ words }) => words.slice(-2).join(".") === address || words.at(-1) === name)
  // A plan leaves out an id that is known only after the container is made.
  const isPlanned = source === "terraform" && !facts.has("container_id") && expression === ""
  const [only, ...others] = containers
  return found ?? (isPlanned && others.length === 0 && only?.words[0] !== "resource" ? only : undefined)
}

/** Takes a container alone: as a new one, or by its id. The networks in its state are Atlas's own. */
function toContainerThing(block: HclBlock): Facts {
  const own = [...block.facts].filter(([path]) => !isRequestAttribute(path))
  const id = block.facts.get("container_id")
  const described = toThing({ ...block, facts: new Map(own) }, id === undefined ? block : undefined)
  return id === undefined ? described : new Map([...described, ["container_id", id], ["ownBlock", []]])
}

function isRequestAttribute(path: string): boolean {
  return requestNames.some((field) => path.replace(/\.expression$/, "") === toSnakeCase(field))
}

function toThing({ words, facts, defaults = [] }: HclBlock, container: HclBlock | undefined): Facts {
  const names = [...facts.keys()].map((path) => path.replace(/\.expression$/, ""))
  const unknown = names.filter((name) => !knownNames.includes(name))
  const isAws = !facts.has("provider_name") && names.includes("region_name")
  const thing = new Map<string, readonly unknown[]>([
    ...facts,
    ["title", [words.join(" ")]],
    ["cloudByRegion", isAws ? ["AWS"] : []],
    ["ownBlock", container === undefined && names.includes("atlas_cidr_block") ? ["true"] : []],
    ["unknown", [unknown.slice(0, 8).join(", ")]],
    ["defaults", defaults.length === 0 ? [] : [defaults.join(", ")]],
  ])
  if (container !== undefined) thing.delete("container_id.expression")
  return withFacts(thing, "container", container?.facts)
}
