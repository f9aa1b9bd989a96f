import type { ProviderName } from "@peering-desk/shared-schemas"
import { findText, toFacts } from "#formats/facts.ts"
import { quote } from "#formats/phrases.ts"
import { PastedBuilder } from "./pasted-builder.ts"
import type { Pasted } from "./pasted.ts"
import { applyRules, choose, type Rule } from "./things.ts"

/** A form of address. The named groups of the pattern are the facts. */
type Link = readonly [pattern: RegExp, cloud: ProviderName | null, ...rules: Rule[]]

/** Explains a `pcx-` id, which people take for the connection's own id. */
export function awsPeeringNote(path: string): string {
  return `{${path}} is an AWS peering ID. Atlas assigns it after the request, so no field needs it.`
}

export const missingTenantNote =
  "{!azureDirectoryId}No directory (tenant) ID found. az account show prints it as tenantId."

/** Builds the pattern of an AWS ARN (AWS: Amazon Resource Names). */
function arn(service: string, kind: string): RegExp {
  const owner = String.raw`(?<region>[a-z0-9-]{0,30}):(?<account>\d{12})?`
  return new RegExp(`^arn:aws[a-z-]{0,20}:${service}:${owner}:(?=.{1,300}$)${kind}(?:[/:](?<id>[^/:]*).*)?$`)
}

const account: Rule = ["account", "awsAccountId", "The account of the ARN"]
const region: Rule = ["region", "accepterRegionName", "The region of the ARN"]
const project: Rule = ["project", "gcpProjectId", "The project of the self-link"]

export const networkLink =
  /(?:^|\/)projects\/(?<project>[^/\s"'?#]{1,100})\/global\/networks\/(?<network>[^/\s"'?#]{1,100})$/
const subnetworkLink =
  /(?:^|\/)projects\/(?<project>[^/\s"'?#]{1,100})\/regions\/[^/\s]{1,60}\/subnetworks\/[^/\s"'?#]{1,100}$/
const networkPage =
  /^https:\/\/console\.cloud\.google\.com\/\S*\/networks\/details\/(?<network>[^/\s?#]{1,100})\?(?:(?:\S*&)?project=(?<project>[^&#\s]+))?/
const resourceId =
  /\/?subscriptions\/(?<subscription>[^/\s"'?#]{1,100})(?:\/resourceGroups\/(?<group>[^/\s"'?#]{1,100})(?:\/providers\/Microsoft\.Network\/virtualNetworks\/(?<vnet>[^/\s"'?#]{1,100}))?)?/i

/** Says what is used of the ARN of something else, which has an account or a region or neither. */
const usedOfOtherArn: readonly Rule[] = [
  "{?account}{?region}Not a VPC's ARN ({service} {kind}): only its account and region are used.",
  "{?account}{!region}Not a VPC's ARN ({service} {kind}): only its account is used.",
  "{!account}Not a VPC's ARN ({service} {kind}). It has no account.",
]

/** Of one source the first pattern that fits counts. */
const links = {
  "aws-arn": [
    [
      arn("ec2", "vpc-peering-connection"),
      "AWS",
      awsPeeringNote("id"),
      "Account and region skipped: they may belong to Atlas.",
    ],
    [arn("ec2", "vpc"), "AWS", account, region, ["id", "vpcId", "The VPC of the ARN"]],
    [arn("(?<service>[a-z0-9-]{1,40})", "(?<kind>[^/:]+)"), "AWS", account, region, ...usedOfOtherArn],
    [/^(?<text>[^]*)$/, null, "{text} isn't a valid ARN."],
  ],
  "azure-resource-id": [
    [
      resourceId,
      "AZURE",
      ["subscription", "azureSubscriptionId", "The subscription of the resource id"],
      ["group", "resourceGroupName", "The resource group of the resource id"],
      ["vnet", "vnetName", "The VNet of the resource id"],
      "{!vnet}The resource ID has no VNet.",
    ],
  ],
  "gcp-self-link": [
    [networkLink, "GCP", project, ["network", "networkName", "The network of the self-link"]],
    [subnetworkLink, "GCP", project, "This is a subnetwork. Atlas peers with its whole network."],
    [
      networkPage,
      "GCP",
      ["network", "networkName", "The network of the address"],
      ["project", "gcpProjectId", "The project of the address"],
    ],
  ],
} satisfies Record<string, readonly Link[]>
type LinkSource = keyof typeof links

/** Puts what an ARN, a resource id or a self-link says; false for any other text. */
export function putLink(builder: PastedBuilder, source: LinkSource, text: string): boolean {
  const all: readonly Link[] = links[source]
  const found = all.find(([pattern]) => pattern.test(text.slice(0, 1000)))
  if (found === undefined) return false
  const [pattern, cloud, ...rules] = found
  builder.setCloud(cloud)
  applyRules(builder, toFacts({ ...pattern.exec(text.slice(0, 1000))?.groups }), rules)
  return true
}

export function putLinkAt(path: string, source: LinkSource): Rule {
  return (builder, facts) => void putLink(builder, source, findText(facts, path) ?? "")
}

const mostWords = 1000

/** Reads one or several ARNs. Null when the text is anything else. */
export function readArns(text: string): Pasted | null {
  const words = text.split(/[\s,;"']+/, mostWords + 1).filter((word) => word !== "")
  if (words.length === 0 || words.length > mostWords || !words.every((word) => word.startsWith("arn:")))
    return null
  const all = new PastedBuilder()
  const choices = [...new Set(words)].map((word) => {
    const builder = new PastedBuilder()
    for (const one of [builder, all]) putLink(one, "aws-arn", word)
    return { title: quote(word), pasted: builder.build("aws-arn") }
  })
  const vpcs = choices.filter(({ pasted }) => pasted.fields.request.vpcId !== undefined)
  return vpcs.length < 2 ? all.build("aws-arn") : choose("aws-arn", vpcs, "VPCs here")
}

/** Reads resource ids or self-links, or addresses of a console that hold them. Null when the text has any other word. */
export function readLinks(source: LinkSource, text: string): Pasted | null {
  const words = [...new Set(text.split(/\s+/, mostWords + 1))]
  const choices: Pasted["choices"][number][] = []
  for (const word of words) {
    const builder = new PastedBuilder()
    if (words.length > mostWords || word.length > 1000 || !putLink(builder, source, word)) return null
    if (source === "azure-resource-id") applyRules(builder, new Map(), [missingTenantNote])
    const pasted = builder.build(source)
    choices.push({ title: quote(Object.values(pasted.fields.request).toReversed().join(", ")), pasted })
  }
  return choose(source, choices)
}
