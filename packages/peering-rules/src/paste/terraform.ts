import { readHclBlocks, type HclBlock } from "#formats/hcl-blocks.ts"
import { readProviderName } from "./atlas.ts"
import { createGathering, toChoices, toQuoted, type Gathering } from "./gathering.ts"
import { readPastedIdentifier } from "./identifier.ts"
import type { Pasted, RequestField } from "./pasted.ts"

const peeringType = "mongodbatlas_network_peering"
const containerType = "mongodbatlas_network_container"

const attributeFields: Readonly<Record<string, RequestField>> = {
  accepter_region_name: "accepterRegionName",
  aws_account_id: "awsAccountId",
  container_id: "containerId",
  route_table_cidr_block: "routeTableCidrBlock",
  vpc_id: "vpcId",
  gcp_project_id: "gcpProjectId",
  network_name: "networkName",
  azure_directory_id: "azureDirectoryId",
  azure_subscription_id: "azureSubscriptionId",
  resource_group_name: "resourceGroupName",
  vnet_name: "vnetName",
}

/** Attributes of a container, or of a peering that nobody fills in here. */
const otherAttributes: ReadonlySet<string> = new Set(
  (
    "provider_name project_id atlas_cidr_block region_name region regions atlas_gcp_project_id atlas_vpc_name " +
    "count for_each depends_on provider delete_on_create_timeout"
  ).split(" "),
)

/** Reads `mongodbatlas_network_peering` and `mongodbatlas_network_container` blocks; null when the text has neither. */
export function readPastedTerraform(text: string): Pasted | null {
  if (!text.includes(peeringType) && !text.includes(containerType)) return null
  const blocks = readHclBlocks(text.slice(0, 300_000))
  const peerings = blocks.filter(({ words }) => words.includes(peeringType))
  const containers = blocks.filter(({ words }) => words.includes(containerType))
  const chosen = peerings.length > 0 ? peerings : containers
  const choices = chosen.map((block) => ({
    title: toQuoted(block.words.join(" ")),
    pasted: peerings.length > 0 ? readPeering(block, containers) : readContainer(block),
  }))
  if (choices.length > 1)
    return toChoices("terraform", choices, `There are ${choices.length} blocks here; choose one.`)
  return choices[0]?.pasted ?? readImport(text)
}

/** `terraform import mongodbatlas_network_peering.app ID`, or an `import` block, which have nothing but the id. */
function readImport(text: string): Pasted | null {
  const id = /\b[0-9a-f]{24}-[0-9a-f]{24}(?:-(?:AWS|GCP|AZURE))?\b/i.exec(text)?.[0]
  return id === undefined ? null : readPastedIdentifier(id)
}

function readPeering(block: HclBlock, containers: readonly HclBlock[]): Pasted {
  const gathering = createGathering("terraform")
  gatherCloud(gathering, block)
  const own = containers.find((one) => isReferred(block, one))
  for (const [name, field] of Object.entries(attributeFields)) {
    const value = block.attributes.get(name)
    if (value === undefined || (name === "container_id" && own !== undefined)) continue
    if ("literal" in value) gathering.put(field, value.literal, name)
    else noteReference(gathering, name, value.expression, field)
  }
  if (own !== undefined) gatherContainer(gathering, own)
  else if (block.attributes.has("atlas_cidr_block"))
    gathering.note(
      "good-to-know",
      "atlas_cidr_block was left out: the block belongs to the container.",
      "atlasCidrBlock",
    )
  noteUnknown(gathering, block)
  return gathering.toPasted()
}

function readContainer(block: HclBlock): Pasted {
  const gathering = createGathering("terraform")
  gatherCloud(gathering, block)
  gatherContainer(gathering, block)
  noteUnknown(gathering, block)
  return gathering.toPasted()
}

/** Whether the peering takes its container from that block. */
function isReferred(peering: HclBlock, container: HclBlock): boolean {
  const value = peering.attributes.get("container_id")
  if (value === undefined || !("expression" in value)) return false
  return /^[\w-]+\.[\w-]+/.exec(value.expression)?.[0] === `${containerType}.${container.words.at(-1) ?? ""}`
}

function gatherCloud(gathering: Gathering, block: HclBlock): void {
  const told = block.attributes.get("provider_name")
  const byRegion = block.attributes.has("region_name") ? "AWS" : null
  if (told !== undefined && "expression" in told)
    noteReference(gathering, "provider_name", told.expression, null)
  const name = told !== undefined && "literal" in told ? readProviderName(told.literal) : byRegion
  if (name !== null) gathering.cloud(name)
}

function gatherContainer(gathering: Gathering, block: HclBlock): void {
  const inner = createContainerReader(gathering, block)
  inner("atlas_cidr_block", "atlasCidrBlock")
  inner("region_name", "region")
  inner("region", "region")
  inner("regions", "regions")
}

function createContainerReader(gathering: Gathering, block: HclBlock) {
  return (name: string, field: "atlasCidrBlock" | "region" | "regions"): void => {
    const value = block.attributes.get(name)
    if (value === undefined) return
    if ("literal" in value) gathering.putNew(field, value.literal, name)
    else noteReference(gathering, name, value.expression, field)
  }
}

function noteReference(
  gathering: Gathering,
  name: string,
  expression: string,
  field: Parameters<Gathering["note"]>[2],
): void {
  gathering.note(
    "not-understood",
    `${name} is ${toQuoted(expression)}, which only Terraform can work out; put the value itself.`,
    field,
  )
}

function noteUnknown(gathering: Gathering, block: HclBlock): void {
  const unknown = [...block.attributes.keys()].filter(
    (name) => !Object.hasOwn(attributeFields, name) && !otherAttributes.has(name),
  )
  if (unknown.length > 0)
    gathering.note("not-understood", `Not part of a request: ${toQuoted(unknown.slice(0, 8).join(", "))}.`)
}
