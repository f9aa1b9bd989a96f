import { nameKind, parseCidr, readRegionName, readTerraformStateId } from "@peering-desk/shared-schemas"
import { awsRegions, toAtlasRegionName, type ProviderName } from "@peering-desk/shared-schemas"
import { toFacts } from "#formats/facts.ts"
import { awsPeeringNote } from "./links.ts"
import type { Pasted, PastedField } from "./pasted.ts"
import { choose, readThing, type Rule } from "./things.ts"

type Parts = Readonly<Record<string, string>>

const connectionNote = "{peer_id} is the ID of an existing connection. No field needs it."
const projectNote = "Written for project {project_id}. This form uses the selected project."
const stateRules: readonly Rule[] = [
  "Read from a Terraform state ID, which holds other IDs in base64.",
  ["provider_name", "providerName"],
  ["container_id", "containerId", "container_id of the Terraform id"],
  connectionNote,
  projectNote,
]

/** Identifiers that mean one thing, as `text`, by their parts. */
const identifiers: readonly (readonly [RegExp, ...Rule[]])[] = [
  [/^(?<text>vpc-[0-9a-f]+)$/i, ["text", "vpcId", "The VPC id"]],
  [/^(?<text>pcx-[0-9a-f]+)$/i, (builder) => builder.setCloud("AWS"), awsPeeringNote("text")],
  [
    /^(?<text>\d{12}|\d{4}[- ]\d{4}[- ]\d{4})$/,
    ["text", "awsAccountId", "The account id"],
    "If it is a Google Cloud project number, enter the project ID instead.",
  ],
  [
    // The issuer of tokens of a directory
    /^https:\/\/(?:sts\.windows\.net|login\.microsoftonline\.com)\/(?<text>[0-9a-f-]{36})(?:\/\S*)?$/i,
    ["text", "azureDirectoryId", "The directory of the address"],
  ],
  [
    /^(?<text>[\w-]+\.onmicrosoft\.com)$/i,
    (builder) => builder.setCloud("AZURE"),
    "{text} is the domain of a directory. az account show prints its ID as tenantId.",
  ],
  [
    /^https:\/\/console\.cloud\.google\.com\/\S*[?&]project=(?<text>[\w:.-]+)\S*$/i,
    ["text", "gcpProjectId", "The project of the address"],
  ],
  [
    // Terraform's import id of a connection
    /^(?<project_id>[0-9a-f]{24})-(?<peer_id>[0-9a-f]{24})-(?<provider_name>AWS|GCP|AZURE)$/i,
    projectNote,
    ["provider_name", "providerName"],
    connectionNote,
  ],
]

type Meaning = readonly [title: string, field: PastedField]

/** Identifiers that may belong in several fields, or be something else. A person chooses what `id` is. */
const ambiguous: readonly (readonly [RegExp, note: string, ...Meaning[]])[] = [
  [
    /^(?<id>[0-9a-f]{24})$/i,
    "{id} is an Atlas ID: of a project, a container or a connection.",
    ["A container", "containerId"],
  ],
  [
    // Terraform's import id of a container, and of a connection in old versions
    /^(?<project>[0-9a-f]{24})-(?<id>[0-9a-f]{24})$/i,
    "Two Atlas IDs: project {project}, and a container or a connection.",
    ["The second is a container", "containerId"],
  ],
  [
    /^(?<id>\d+(?:\.\d+){3}\/\d+)$/,
    "{id} is a CIDR, for your network or for Atlas.",
    ["VPC CIDR (AWS)", "routeTableCidrBlock"],
    ["CIDR of your network, for checks", "networkBlocks"],
    ["Atlas CIDR of a new container", "atlasCidrBlock"],
  ],
  [
    /^(?<id>[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12})$/i,
    "{id} is a UUID: of an Azure directory (tenant) or a subscription.",
    ["The directory (tenant)", "azureDirectoryId"],
    ["The subscription", "azureSubscriptionId"],
  ],
]

function read(parts: Parts, rules: readonly Rule[], cloud?: ProviderName): Pasted {
  return readThing({ source: "identifier", cloud, rules }, toFacts(parts))
}

/** Reads a text that is one identifier and nothing else. Null for an unknown one. */
export function readIdentifier(text: string): Pasted | null {
  if (text.length > 2000 || /\n/.test(text)) return null
  for (const [pattern, ...rules] of identifiers) {
    const parts = pattern.exec(text)?.groups
    if (parts !== undefined) return read(parts, rules)
  }
  const state = readTerraformStateId(text)
  return state === null ? (readAmbiguous(text) ?? readRegion(text)) : read(state, stateRules)
}

/**
 * Reads a list of CIDRs and nothing else, which `az network vnet show --query=addressSpace.addressPrefixes` prints in several forms.
 * Null for anything else, and for one CIDR alone, which may be anybody's.
 */
export function readBlocks(text: string): Pasted | null {
  if (text.length > 20_000) return null
  // Of a table there are a name and a ruled line above, of JSON and YAML marks around.
  const words = text
    .replace(/^Result\s+-+$/m, "")
    .split(/[\s,"'[\]]+|^- /m)
    .filter((word) => word !== "")
  if (words.length < 2 || words.some((word) => parseCidr(word) === null)) return null
  return readThing(
    {
      source: "identifier",
      rules: [["blocks", "networkBlocks"], "Taken as your network's CIDRs, for checks only."],
    },
    toFacts({ blocks: words }),
  )
}

function readAmbiguous(text: string): Pasted | null {
  for (const [pattern, note, ...meanings] of ambiguous) {
    const parts = pattern.exec(text)?.groups
    if (parts === undefined) continue
    const choices = meanings.map(([title, field]) => ({
      title,
      pasted: read(parts, [["id", field, "The value"]]),
    }))
    const isPossible = choices.some(({ pasted }) => Object.keys(pasted.fields.request).length > 0)
    // A field that does not take it says why.
    if (!isPossible) return choices[0]?.pasted ?? null
    const possible = choices.filter(
      ({ pasted: { fields } }) =>
        Object.keys(fields.request).length > 0 || fields.networkBlocks !== undefined,
    )
    return { ...read(parts, [note]), choices: possible }
  }
  return null
}

/** Reads a region: `us-east-1` is AWS's alone; `US_EAST_2` is Atlas's name on AWS and on Azure. */
function readRegion(text: string): Pasted | null {
  if (text.length > 60) return null
  const isAws = Object.hasOwn(awsRegions, toAtlasRegionName(text.replace(/(-\d)[a-z]$/, "$1")))
  const meanings: readonly (readonly [
    isKnown: boolean,
    cloud: ProviderName,
    field: PastedField,
    title: string,
  ])[] = [
    [isAws, "AWS", "accepterRegionName", "The AWS region of your VPC"],
    [readRegionName("AZURE", text) !== null, "AZURE", "region", "The Azure region of a new container"],
    [readRegionName("GCP", text) !== null, "GCP", "regions", "A Google Cloud region of a new container"],
  ]
  const choices = meanings
    .filter(([isKnown]) => isKnown)
    .map(([, cloud, field, title]) => ({
      title,
      pasted: read({ text }, [["text", field, "The region"]], cloud),
    }))
  return choose("identifier", choices, "", `${text} is an Atlas region of several clouds.`)
}

/** Names an identifier that no field takes: a subnet, a security group. Null for anything else. */
export function readOther(text: string): Pasted | null {
  const kind = text.length > 200 || /\s/.test(text) ? null : nameKind(text)
  // Any name with a number at its end has the form of a region.
  if (kind === null || kind === "an AWS region") return null
  return read({ kind }, ["This is {kind}. No field needs it."])
}
