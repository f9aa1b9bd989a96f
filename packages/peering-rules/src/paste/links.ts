import { azureFields, requestFields, type ProviderName } from "@peering-desk/shared-schemas"
import { findText, toFacts } from "#formats/facts.ts"
import { quote } from "#formats/phrases.ts"
import { isRequestField } from "./fields.ts"
import { PastedBuilder } from "./pasted-builder.ts"
import type { Pasted } from "./pasted.ts"
import { applyRules, choose, type Rule } from "./things.ts"

/**
 * A form of address. Its fields are read by the patterns of the cloud's table. `what` names it in "The account of the ARN"; null leaves
 * its fields alone. The named groups are facts for the sentences.
 */
interface Link {
  form: RegExp
  cloud: ProviderName | null
  what: string | null
  /** The fields that it tells, when not all of its cloud. */
  only?: readonly string[]
  rules: readonly Rule[]
}

/** Explains a `pcx-` id, which people take for the connection's own id. */
export function awsPeeringNote(path: string): string {
  return `{${path}} is an AWS peering ID. Atlas assigns it after the request, so no field needs it.`
}

export const missingTenantNote =
  "{!azureDirectoryId}No directory (tenant) ID found. az account show prints it as tenantId."

/** Builds the form of an AWS ARN. */
function arn(service: string, kind: string): RegExp {
  const owner = String.raw`(?<region>[a-z0-9-]{0,30}):(?<account>\d{12})?`
  return new RegExp(`^arn:aws[a-z-]{0,20}:${service}:${owner}:(?=.{1,300}$)${kind}(?:[/:](?<id>[^/:]*).*)?$`)
}

const gcpLink =
  /(?:^|\/)projects\/[^/\s"'?#]{1,100}\/(?:global\/networks|regions\/[^/\s]{1,60}\/(?<subnet>subnetworks))\/[^/\s"'?#]{1,100}$/
const gcpPage = /^https:\/\/console\.cloud\.google\.com\/\S*\/networks\/details\/[^/\s?#]{1,100}\?/

/** Says what is used of the ARN of something else, which has an account or a region or neither. */
const usedOfOtherArn: readonly Rule[] = [
  "{?account}{?region}Not a VPC's ARN ({service} {kind}): only its account and region are used.",
  "{?account}{!region}Not a VPC's ARN ({service} {kind}): only its account is used.",
  "{!account}Not a VPC's ARN ({service} {kind}). It has no account.",
]

/** Of one source the first form that fits counts. */
const links = {
  "aws-arn": [
    {
      form: arn("ec2", "vpc-peering-connection"),
      cloud: "AWS",
      what: null,
      rules: [awsPeeringNote("id"), "Account and region skipped: they may belong to Atlas."],
    },
    { form: arn("ec2", "vpc"), cloud: "AWS", what: "ARN", rules: [] },
    {
      form: arn("(?<service>[a-z0-9-]{1,40})", "(?<kind>[^/:]+)"),
      cloud: "AWS",
      what: "ARN",
      rules: usedOfOtherArn,
    },
    { form: /^(?<text>[^]*)$/, cloud: null, what: null, rules: ["{text} isn't a valid ARN."] },
  ],
  "azure-resource-id": [
    {
      // Of anything but a VNet, whose resource group may be another one.
      form: /subscriptions\/[^/\s]{1,100}\/resourceGroups\/[^/\s]{1,100}\/providers\/(?!Microsoft\.Network\/virtualNetworks\/)/i,
      cloud: "AZURE",
      what: "resource id",
      only: ["azureSubscriptionId"],
      rules: ["The resource ID has no VNet: only its subscription is used."],
    },
    {
      form: azureFields.azureSubscriptionId.inLink,
      cloud: "AZURE",
      what: "resource id",
      rules: ["{!vnetName}The resource ID has no VNet."],
    },
  ],
  "gcp-self-link": [
    {
      form: gcpLink,
      cloud: "GCP",
      what: "self-link",
      rules: ["{?subnet}This is a subnetwork. Atlas peers with its whole network."],
    },
    { form: gcpPage, cloud: "GCP", what: "address", rules: [] },
  ],
} satisfies Record<string, readonly Link[]>
type LinkSource = keyof typeof links

/** Puts what an ARN, a resource id or a self-link says; false for any other text. */
export function putLink(builder: PastedBuilder, source: LinkSource, whole: string): boolean {
  const text = whole.slice(0, 1000)
  const all: readonly Link[] = links[source]
  const found = all.find(({ form }) => form.test(text))
  if (found === undefined) return false
  builder.setCloud(found.cloud)
  putLinkFields(builder, found, text)
  applyRules(builder, toFacts({ ...found.form.exec(text)?.groups }), found.rules)
  return true
}

function putLinkFields(builder: PastedBuilder, { cloud, what, only }: Link, text: string): void {
  if (cloud === null || what === null) return
  for (const [name, { thing, inLink }] of Object.entries(requestFields[cloud]))
    if (isRequestField(name) && only?.includes(name) !== false)
      builder.put(name, inLink?.exec(text)?.[1], `The ${thing} of the ${what}`)
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
