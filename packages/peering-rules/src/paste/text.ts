import { awsFields } from "@peering-desk/shared-schemas"
import { toFacts } from "#formats/facts.ts"
import { nameSome } from "#formats/phrases.ts"
import { putLabels } from "./labels.ts"
import { awsPeeringNote, putLink } from "./links.ts"
import { findMentions, type Mention } from "./mentions.ts"
import { PastedBuilder } from "./pasted-builder.ts"
import type { Pasted, RequestField } from "./pasted.ts"
import { applyRules, choose, mostChoices } from "./things.ts"

/** Longer than any page of a console or any message that somebody copies from. */
const longest = 200_000

const mentionable: readonly RequestField[] = [
  "vpcId",
  "awsAccountId",
  "accepterRegionName",
  "routeTableCidrBlock",
]

const consoleHost = /console\.(?:aws\.amazon\.com|amazonaws\.cn)/

/** Reads identifiers out of running text: a page of the AWS console, a message. Null without any. */
export function readText(whole: string): Pasted | null {
  const text = whole.slice(0, longest)
  const words = text
    .split(/[\s,;|<>()[\]{}"'`]+/)
    // Without the full stop or colon of the sentence around it.
    .map((word) => word.slice(0, 1000).replace(/[.:!?]{1,5}$/, ""))
  const isConsole =
    words.some((word) => consoleHost.test(word.slice(0, 200))) ||
    /^[ \t]*(?:VPC ID|IPv4 CIDR|Owner ID)\b/im.test(text)
  const source = isConsole ? "aws-console" : "text"
  const networks = listNetworks(words)
  if (networks.length > 1) return choose("text", networks, "networks found")
  const builder = new PastedBuilder()
  const mentions = findMentions(text)
  if (mentions.some(({ field }) => field === "vpcId")) builder.setCloud("AWS")
  putWords(builder, words)
  putLabels(builder, text)
  if (builder.providerName !== "GCP" && builder.providerName !== "AZURE") putMentions(builder, mentions)
  const pasted = builder.build(source)
  const isEmpty = Object.keys(pasted.fields.request).length === 0 && pasted.open === undefined
  return isEmpty && pasted.notes.length === 0 ? null : pasted
}

/** Lists the networks of Azure and Google Cloud that the text names by their whole address, each once. */
function listNetworks(words: readonly string[]): Pasted["choices"][number][] {
  const found = new Map<string, Pasted>()
  for (const word of words.filter((one) => one.includes("/")).slice(0, mostChoices)) {
    const builder = new PastedBuilder()
    putNetwork(builder, word)
    const { vnetName, networkName, resourceGroupName } = builder.build("text").fields.request
    const name =
      networkName ?? (vnetName === undefined ? undefined : `${vnetName} in ${resourceGroupName ?? ""}`)
    if (name !== undefined) found.set(name, builder.build("text"))
  }
  return [...found].map(([title, pasted]) => ({ title, pasted }))
}

function putNetwork(builder: PastedBuilder, word: string): void {
  if (/subscriptions\//i.test(word)) putLink(builder, "azure-resource-id", word)
  if (word.includes("projects/")) putLink(builder, "gcp-self-link", word)
}

function putWords(builder: PastedBuilder, words: readonly string[]): void {
  const vpcArns = words.filter((word) => word.startsWith("arn:") && word.includes(":vpc/"))
  const arns = vpcArns.length > 0 ? vpcArns : words.filter((word) => word.startsWith("arn:"))
  if (new Set(arns).size === 1) putLink(builder, "aws-arn", arns[0] ?? "")
  const peerings = words.flatMap((word) => /(?:^|[^\w-])(pcx-[0-9a-f]{8,17})(?![\w-])/i.exec(word)?.[1] ?? [])
  for (const id of new Set(peerings.slice(0, 5).map((one) => one.toLowerCase())))
    applyRules(builder, toFacts({ id }), [awsPeeringNote("id")])
  for (const word of words) {
    putNetwork(builder, word)
    if (consoleHost.test(word.slice(0, 200)))
      builder.put("accepterRegionName", awsFields.accepterRegionName.inLink.exec(word)?.[1], "The address")
  }
}

/**
 * Offers the ids, regions and CIDRs of a running text for a person to choose: words around them don't prove whose they are. The id of the
 * one VPC is filled in, and what is printed in a list or a table without words. Those of Atlas and of subnets are left out.
 */
function putMentions(builder: PastedBuilder, mentions: readonly Mention[]): void {
  const hasVpc = mentions.some(({ field }) => field === "vpcId")
  for (const field of mentionable) {
    // Without a VPC beside it a block may be anybody's.
    if (builder.get(field) !== null || (field === "routeTableCidrBlock" && !hasVpc)) continue
    const possible = mentions.filter(
      (one) => one.field === field && (one.owner === "yours" || one.owner === "unknown"),
    )
    const [only, ...others] = possible
    if (only === undefined) continue
    if (others.length === 0 && (field === "vpcId" || only.owner === "yours"))
      builder.put(field, only.value, "The text")
    else
      builder.leaveOpen(
        field,
        possible.map(({ value, where }) => ({ value, where })),
      )
  }
  for (const [owner, whose] of [
    ["atlas", "Atlas's"],
    ["part", "not the whole VPC's"],
  ] as const) {
    const values = mentions.filter((one) => one.owner === owner).map(({ value }) => value)
    if (values.length > 0) builder.note(`Left out as ${whose}: ${nameSome(values)}.`)
  }
}
