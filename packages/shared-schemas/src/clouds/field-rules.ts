import * as z from "zod/mini"
import { toAwsRegionId } from "./aws-region-id.ts"
import { awsRegions } from "./aws-regions.ts"
import { formatCidr, isPrivateCidr, parseCidr, privateRanges, toCanonicalCidr } from "#values/cidr.ts"
import { readTerraformStateId } from "#values/terraform-state-id.ts"
import { nameKind } from "./wrong-kind.ts"

/** Values that MongoDB's documentation prints as examples and that no cloud can hold. */
const placeholders: ReadonlySet<string> = new Set([
  "abc123abc123",
  "vpc-abc123abc123",
  "g893dec2-d92e-478d-bc50-cf99d31bgeg9",
])

/** Longer than any identifier of any cloud; keeps the patterns below and the sentences about them short. */
const longest = 500

/** Gives the sentence that says what is wrong, or null when nothing is. */
type Rule = (text: string) => string | null

/** A text field whose error tells the person what was expected and what they gave instead. */
export function textField(missing: string, rule: Rule) {
  return z.string(missing).check((context) => {
    const message = explain(context.value, missing, rule)
    if (message !== null) context.issues.push({ code: "custom", message, input: context.value })
  })
}

function explain(text: string, missing: string, rule: Rule): string | null {
  if (text.trim() === "") return missing
  if (text.length > longest) return `Too long: ${text.length} characters`
  if (text !== text.trim()) return "Remove the spaces at the ends"
  if (placeholders.has(text)) return `${text} is the documentation's example. Enter your own value`
  return rule(text)
}

/** Says what was expected, after naming what was given instead where that can be told. */
function expected(text: string, sentence: string): string {
  const kind = nameKind(text)
  return kind === null ? sentence : `This is ${kind}. ${sentence}`
}

export const containerIdRule: Rule = (text) => {
  if (/^[0-9a-f]{24}$/.test(text)) return null
  if (/^[0-9a-f]{24}$/i.test(text)) return `Use lower case: ${text.toLowerCase()}`
  const ofState = readTerraformStateId(text)?.["container_id"]
  if (ofState !== undefined) return `Enter only the container ID: ${ofState}`
  return expected(text, "An Atlas container ID has 24 hexadecimal digits (0-9, a-f)")
}

export const awsAccountIdRule: Rule = (text) => {
  if (/^\d{4}[- ]\d{4}[- ]\d{4}$/.test(text))
    return `Use the 12 digits without spaces or dashes: ${text.replace(/\D/g, "")}`
  if (/^0{12}$/.test(text)) return "AWS has no account 000000000000. Enter the ID of the VPC's account"
  if (/^\d+$/.test(text))
    return text.length === 12 ? null : `An AWS account ID has 12 digits, not ${text.length}`
  const ofArn = /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(text)?.[1]
  if (ofArn !== undefined) return `Enter only the account ID: ${ofArn}`
  return expected(text, "An AWS account ID has 12 digits")
}

export const vpcIdRule: Rule = (text) => {
  if (/^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/.test(text)) return null
  const ofArn = /^arn:.*:vpc\/(vpc-[0-9a-f]+)$/.exec(text)?.[1]
  if (ofArn !== undefined) return `Enter only the VPC ID: ${ofArn}`
  const digits = /^vpc-([0-9a-f]+)$/i.exec(text)?.[1]
  if (digits !== undefined && digits.length !== 8 && digits.length !== 17)
    return `A VPC ID has 8 or 17 hexadecimal digits after vpc-, not ${digits.length}`
  if (digits !== undefined) return `Use lower case: ${text.toLowerCase()}`
  return expected(text, "A VPC ID is vpc- and 8 or 17 hexadecimal digits (0-9, a-f)")
}

const awsRegion = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/

export const awsRegionRule: Rule = (text) => {
  if (awsRegion.test(text)) return null
  const byPlace = Object.keys(awsRegions).find(
    (name) => awsRegions[name]?.toLowerCase() === text.toLowerCase(),
  )
  const asAws = toAwsRegionId(byPlace ?? text)
  if (awsRegion.test(asAws)) return `Use AWS's name: ${asAws}`
  const ofZone = asAws.replace(/[a-z]$/, "")
  if (awsRegion.test(ofZone)) return `${text} is an availability zone. Use its region: ${ofZone}`
  return expected(text, "An AWS region looks like us-east-1")
}

/** Says what is wrong with a text that should be one IPv4 CIDR, private or not. */
const cidrRule: Rule = (text) => {
  const cidr = parseCidr(text)
  if (cidr === null) {
    if (/^\d+(\.\d+){3}$/.test(text)) return `Add the prefix length, as in ${text}/16`
    if (/[\s,;]/.test(text)) return "Enter one CIDR only"
    if (isIpv6(text)) return "Atlas peers over IPv4 only. Enter the IPv4 CIDR"
    if (Number(/^\d+(?:\.\d+){3}\/(\d+)$/.exec(text)?.[1]) > 32) return "A prefix length is at most /32"
    const sentence = "Enter a CIDR like 10.15.0.0/16"
    return /^\d/.test(text) ? sentence : expected(text, sentence)
  }
  const canonical = formatCidr(toCanonicalCidr(cidr))
  return canonical === text ? null : `${text} isn't a network address. Use ${canonical}`
}

const isIpv6 = (text: string) => /^[0-9a-f:]+:[0-9a-f:]*(\/\d+)?$/i.test(text)

export const routeTableCidrRule: Rule = (text) => {
  const cidr = parseCidr(text)
  const problem = cidrRule(text)
  if (problem !== null || cidr === null || isPrivateCidr(cidr)) return problem
  return `Atlas peers with private addresses only: ${privateRanges.join(", ")}`
}

/** Says what is wrong with the first of a network's CIDRs that is not one. Those of IPv6 are left alone. */
export function explainNetworkBlocks(blocks: readonly string[]): string | null {
  for (const block of blocks) {
    const problem = isIpv6(block) ? null : cidrRule(block)
    if (problem !== null) return problem.includes(block) ? problem : `${block}: ${problem}`
  }
  return null
}

const gcpProjectId = /^[a-z][0-9a-z-]{4,28}[0-9a-z]$/

export const gcpProjectIdRule: Rule = (text) => {
  if (gcpProjectId.test(text)) return null
  if (/^\d+$/.test(text)) return "This is a project number. Enter the project ID"
  const ofLink = /(?:^|\/)projects\/([^/]+)/.exec(text)?.[1]
  if (ofLink !== undefined) return `Enter only the project ID: ${ofLink}`
  if (gcpProjectId.test(text.toLowerCase())) return `Use lower case: ${text.toLowerCase()}`
  return expected(
    text,
    "A project ID has 6 to 30 lower-case letters, digits or dashes. It starts with a letter and doesn't end with a dash",
  )
}

const gcpNetworkName = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/

export const gcpNetworkNameRule: Rule = (text) => {
  if (gcpNetworkName.test(text)) return null
  const ofLink = /(?:^|\/)networks\/([^/?#]+)$/.exec(text)?.[1]
  if (ofLink !== undefined) return `Enter only the network name: ${ofLink}`
  if (gcpNetworkName.test(text.toLowerCase())) return `Use lower case: ${text.toLowerCase()}`
  return expected(
    text,
    "A network name has 1 to 63 lower-case letters, digits or dashes. It starts with a letter and doesn't end with a dash",
  )
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** @param what the field's name as a sentence begins with it, with its article: `A directory ID` */
export function uuidRule(what: string): Rule {
  return (text) => {
    if (/^[0-]+$/.test(text) && uuid.test(text)) return `${what} isn't all zeros. Enter your own`
    if (uuid.test(text)) return null
    const dashed = text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")
    if (uuid.test(dashed)) return `Use dashes: ${dashed}`
    return expected(text, `${what} is a UUID: 32 hexadecimal digits in groups of 8-4-4-4-12`)
  }
}

/** A subscription's UUID, which people often copy within a resource id. */
export const azureSubscriptionIdRule: Rule = (text) => {
  const ofResource = /^\/?subscriptions\/([^/]+)/i.exec(text)?.[1]
  return ofResource === undefined
    ? uuidRule("A subscription ID")(text)
    : `Enter only the subscription ID: ${ofResource}`
}

export const azureResourceGroupRule: Rule = azureNameRule(
  "resourceGroups",
  /^[-\w.()]{0,89}[-\w()]$/,
  "A resource group name has 1 to 90 letters, digits, dashes, underscores, dots or parentheses and doesn't end with a dot",
)

export const azureVnetNameRule: Rule = azureNameRule(
  "virtualNetworks",
  /^[A-Za-z0-9][-\w.]{0,62}\w$/,
  "A VNet name has 2 to 64 letters, digits, dots, underscores or dashes. It starts with a letter or digit and ends with a letter, digit or underscore",
)

/** @param segment the segment before the name in an Azure resource id */
function azureNameRule(segment: string, pattern: RegExp, sentence: string): Rule {
  const ofResource = new RegExp(`/${segment}/([^/]+)`, "i")
  return (text) => {
    if (pattern.test(text)) return null
    const name = ofResource.exec(text)?.[1]
    return name === undefined ? expected(text, sentence) : `Enter only the name: ${name}`
  }
}
