import { awsFields } from "@peering-desk/shared-schemas"
import { toFacts } from "#formats/facts.ts"
import { nameSome } from "#formats/phrases.ts"
import { putLabels } from "./labels.ts"
import { awsPeeringNote, putLink } from "./links.ts"
import { findMentions, type Mention } from "./mentions.ts"
import { PastedBuilder } from "./pasted-builder.ts"
import type { Pasted, RequestField } from "./pasted.ts"
import { listRows } from "./rows.ts"
import { listLines, readSideOf, type Line } from "./sides.ts"
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
  // A command may go on on the next line.
  const text = spread(whole.slice(0, longest)).replace(/[ \t][\\`]\r?\n\s{0,80}/g, " ")
  const lines = listLines(text)
  const words = lines.flatMap(listWords)
  const isConsole =
    words.some((word) => consoleHost.test(word.slice(0, 200))) ||
    /^[ \t]*(?:VPC ID|IPv4 CIDR|Owner ID)\b/im.test(text)
  const source = isConsole ? "aws-console" : "text"
  const networks = listNetworks(words)
  const rows = networks.length > 1 ? networks : listRows(lines, text)
  if (rows.length > 1) return choose("text", rows, "networks found")
  const builder = new PastedBuilder()
  const mentions = findMentions(lines)
  if (mentions.some(({ field }) => field === "vpcId")) builder.setCloud("AWS")
  putWords(builder, dropOthers(words, lines))
  for (const { pasted } of rows) putRequest(builder, pasted)
  putLabels(builder, lines)
  if ([null, "AWS"].includes(builder.providerName)) putMentions(builder, mentions)
  const pasted = builder.build(source)
  const found = [...Object.keys(pasted.fields.request), ...(pasted.open ?? []), ...pasted.notes]
  return found.length === 0 ? null : pasted
}

/** Writes JSON of one line on many, for its names to be above what they name. */
function spread(text: string): string {
  if (!/^[[{].*[\]}]$/.test(text)) return text
  try {
    return JSON.stringify(JSON.parse(text), null, 2).slice(0, longest)
  } catch {
    return text
  }
}

/** Lists the words of a line without the full stop or colon of the sentence around them, those of the other side left out. */
function listWords(line: Line): string[] {
  return [...line.text.matchAll(/[^\s,;|<>()[\]{}"'`]+/g)].flatMap(({ 0: found, index }) => {
    const word = found.slice(0, 1000).replace(/[.:!?]{1,5}$/, "")
    const isLink = word.includes("/") || word.includes(":")
    const side = isLink ? readSideOf(line, index, index + word.length) : null
    return side === "atlas" || side === "remote" ? [] : [word]
  })
}

function putRequest(builder: PastedBuilder, { fields, providerName }: Pasted): void {
  builder.setCloud(providerName)
  for (const [field, value] of Object.entries(fields.request) as [RequestField, string][])
    builder.put(field, value, "The table")
  for (const block of fields.networkBlocks ?? []) builder.put("networkBlocks", block, "The table")
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

/** Drops the addresses of networks with another name than the one that the text gives to its own network. */
function dropOthers(words: readonly string[], lines: readonly Line[]): readonly string[] {
  if (!words.some((word) => /networks\//i.test(word))) return words
  const labels = new PastedBuilder()
  putLabels(labels, lines)
  const own = labels.get("vnetName") ?? labels.get("networkName")
  const vnets = words.filter((word) => /\/virtualNetworks\//i.test(word))
  return words.filter((word) => {
    if (!word.includes("/")) return true
    const link = new PastedBuilder()
    putNetwork(link, word)
    const named = link.get("vnetName") ?? link.get("networkName")
    // Beside the address of a VNet that of anything else says nothing.
    if (named === null) return vnets.length === 0 || link.providerName !== "AZURE"
    return own === null || named === own
  })
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
 * Offers the ids, regions and CIDRs of a running text for a person to choose: words around them don't prove whose they are. Fills in the
 * id of the one VPC. Leaves out those of Atlas, of the other side and of subnets.
 */
function putMentions(builder: PastedBuilder, all: readonly Mention[]): void {
  const vpcs = all.filter(({ field }) => field === "vpcId")
  // A text about a peer's VPC alone asks for a peering with it.
  const isOfPeer = vpcs.length > 0 && vpcs.every(({ side }) => side === "remote")
  const mentions = all.map((one) => (isOfPeer && one.side === "remote" ? { ...one, side: null } : one))
  for (const field of mentionable) {
    // Without a VPC beside it a block may be anybody's.
    if (builder.get(field) !== null || (field === "routeTableCidrBlock" && vpcs.length === 0)) continue
    const possible = mentions.filter(
      (one) => one.field === field && (one.side === "own" || one.side === null),
    )
    const [only, ...others] = possible
    if (only === undefined) continue
    if (others.length === 0 && field === "vpcId") builder.put(field, only.value, "The text")
    else
      builder.leaveOpen(
        field,
        possible.map(({ value, where }) => ({ value, where })),
      )
  }
  noteLeftOut(builder, mentions)
}

function noteLeftOut(builder: PastedBuilder, mentions: readonly Mention[]): void {
  for (const [side, whose] of [
    ["atlas", "Atlas's"],
    ["remote", "the other side's"],
    ["part", "not the whole VPC's"],
  ] as const) {
    const values = mentions.filter((one) => one.side === side).map(({ value }) => value)
    if (values.length > 0) builder.note(`Left out as ${whose}: ${nameSome(values)}.`)
  }
}
