import { findRequestField, providerNames, type ProviderName } from "@peering-desk/shared-schemas"
import { quote } from "#formats/phrases.ts"
import { cloudOfField, parseFieldValue, requestNames } from "./fields.ts"
import type { PastedBuilder } from "./pasted-builder.ts"
import type { Candidate, RequestField } from "./pasted.ts"
import { readSide, type Line } from "./sides.ts"

export type NamedField = RequestField | "networkBlocks"

const addressLabels =
  /^(?:vnet )?(?:address (?:spaces?|prefix(?:es)?|ranges?)|(?:vnet|subnet|primary|secondary) (?:ip )?(?:cidr|range|block)s?)$/i

/**
 * Returns the field that people, a portal or code give a name: `VPC ID`, `vpc_id`, `AccepterVpcId`, `our VPC`. The name of Atlas's or
 * another network's own is no field's.
 */
export function findField(name: string): NamedField | undefined {
  const words = name
    .replace(/ipv4|vnet/gi, (word) => word.toLowerCase())
    .replace(/([a-z\d])([A-Z])|([A-Z])(?=[A-Z][a-z])(?!.s\b)/g, "$1$3 $2")
    .replace(/[\s_.-]+/g, " ")
    .trim()
    .replace(/^(?:(?:the|our|my|your|customer|accepter|own|local) )+/i, "")
  if (addressLabels.test(words)) return "networkBlocks"
  return requestNames.find((field) => findRequestField(field)?.labels?.test(words) === true)
}

/** Fields whose labels no other cloud has, and one of which a text must have. */
const tellingFields: Readonly<Record<ProviderName, readonly (readonly NamedField[])[]>> = {
  AWS: [["vpcId"], ["awsAccountId", "routeTableCidrBlock"]],
  GCP: [["gcpProjectId", "networkName"]],
  AZURE: [["azureDirectoryId"], ["azureSubscriptionId"], ["resourceGroupName"]],
}

/** Returns the one cloud to which these fields together belong. */
export function findCloud(fields: readonly NamedField[]): ProviderName | null {
  const told = providerNames.filter((one) =>
    tellingFields[one].some((all) => all.every((field) => fields.includes(field))),
  )
  return told.length === 1 ? (told[0] ?? null) : null
}

/**
 * Reads names with their values in messages, tickets, code and pages of a console, also with the value on a later line. Fills nothing
 * unless the names together are those of one cloud.
 */
export function putLabels(builder: PastedBuilder, lines: readonly Line[]): void {
  const found = findLabels(lines)
  const cloud = builder.providerName ?? findCloud([...found.keys()])
  if (cloud === null) return
  builder.setCloud(cloud)
  for (const [field, candidates] of found)
    // Elsewhere any block of the network is for the checks alone.
    if (cloud !== "AWS" && (field === "networkBlocks" || field === "routeTableCidrBlock"))
      for (const { value } of candidates) builder.put("networkBlocks", value, "The text")
    else if (field !== "networkBlocks" && cloudOfField(field) === cloud)
      putCandidates(builder, field, candidates)
}

/** Fills in a field's only value, and leaves several open. A field with a value keeps it. */
function putCandidates(builder: PastedBuilder, field: RequestField, candidates: readonly Candidate[]): void {
  if (builder.get(field) !== null) return
  if (candidates.length === 1) builder.put(field, candidates[0]?.value, "The text")
  else builder.leaveOpen(field, candidates)
}

const ofCluster = /^\W*(?:atlas |mongodb )*(?:cluster|database|deployment)\b[^:=]{0,40}[:=]/i

function findLabels(lines: readonly Line[]): Map<NamedField, Candidate[]> {
  const found = new Map<NamedField, Candidate[]>()
  const put = (field: NamedField, given: string, { text, index }: Line) => {
    for (const value of listValues(field, given)) {
      const known = found.get(field) ?? []
      if (known.some((one) => one.value === value)) continue
      found.set(field, [...known, { value, where: `Line ${index + 1}: ${quote(text)}` }])
    }
  }
  const putLine = (field: NamedField, line: Line | undefined) => line && put(field, line.text, line)
  lines.forEach((line, index) => {
    if (line.around === "atlas" || line.around === "remote") return
    const above = lines[index - 1]
    for (const [name, value] of listPairs(line.text)) {
      const field = findField(valueName.test(name) ? readBlockName(line) : name)
      if (field === undefined || isOfOther(field, line, above)) continue
      if (value !== "") put(field, value, line)
      // Of a virtual network the portal writes the name above its kind.
      else if (field === "vnetName" && /^\s*virtual network\s*$/i.test(line.text)) putLine(field, above)
      else putLine(field, findTextBelow(lines, index))
    }
  })
  return found
}

/** Tells if a value is of something beside the network. */
function isOfOther(field: NamedField, { around }: Line, above: Line | undefined): boolean {
  // The region below a cluster's name may be the cluster's.
  if (field === "accepterRegionName" && ofCluster.test(above?.text ?? "")) return true
  // A block within a subnet's is the subnet's.
  if (field === "routeTableCidrBlock" && around === "part") return true
  // A VPC is named within many things; the region, account or block in there is theirs.
  return field !== "vpcId" && around === "other"
}

/** Finds the value of a name alone on its line: pages of the portal have the colon and the value on the next lines. */
function findTextBelow(lines: readonly Line[], index: number): Line | undefined {
  return lines.slice(index + 1, index + 3).find(({ text }) => !/^[\s:]*$/.test(text))
}

/** In terraform output the name is the block's: `"vpc_id": { "value": "vpc-0a1b2c3d" }`. */
const valueName = /^value$/i

function readBlockName({ block }: Line): string {
  return named.exec(block)?.groups?.["name"] ?? ""
}

/** A name at the beginning of a text, and what divides it from its value. */
const named =
  /^[\s|*>`"'{[(•·–-]*(?:[\w.]+\()?(?<name>[A-Za-z][\w ()/.-]{0,40}?)["'*`\]]*(?:\(move\))?\s*(?::=|=>|[:=\t|]|(?<=\S)\s{2,}|$)["'*`]*\s*/
/** The next name in a line: `VPC: vpc-0a1b2c3d Region: eu-west-1`. */
const nextName = /[\s/]+(?=[A-Za-z][\w()]*(?:[ _-][\w()]+){0,2}\s?[:=]\s)/

type Pair = [name: string, value: string]

const cloudCommand = /(?:^|[\s`$>])(?<tool>aws|az|gcloud) +[a-z][\w-]*/
/** Options of a cloud's commands that are named in another way, and the name that a command itself has. */
const optionNames: Readonly<Record<string, string>> = { "az -g": "rg", "gcloud --project": "project id" }
const commandNames: readonly (readonly [name: string, form: RegExp])[] = [
  ["vnet", /\baz network vnet (?:show|create|update|delete)\b.{0,500}?\s(?:-n|--name)[= ]["']?([\w.-]+)/],
  ["network", /\bgcloud compute networks (?:describe|create|update|delete) ([a-z][a-z\d-]*)/],
]

/** Lists the options of a cloud's command. Null for anything else. */
function listOptions(line: string): Pair[] | null {
  const tool = cloudCommand.exec(line)?.groups?.["tool"]
  const options = [...line.matchAll(/\s(--?[a-z][\w-]{0,40})[= ]+["']?([^\s"'-][^\s"']*)/g)]
  if (tool === undefined || options.length === 0) return null
  return [
    ...commandNames.map(([name, form]): Pair => [name, form.exec(line)?.[1] ?? "-"]),
    ...options.map(([, option = "", value = ""]): Pair => [
      optionNames[`${tool} ${option}`] ?? option,
      value,
    ]),
  ]
}

/** Lists the names of a line with the text after each; of a name alone on its line the value is on a later one. */
function listPairs(line: string): Pair[] {
  const options = listOptions(line)
  if (options !== null) return options
  const [, plain = "", only = ""] = /^[\s*•-]*([A-Za-z][\w ]{1,30}) (\S+)$/.exec(line) ?? []
  const field = findField(plain)
  // `VPC ID vpc-0a1b2c3d`
  if (
    field !== undefined &&
    field !== "networkBlocks" &&
    formed.includes(field) &&
    isRightAsItIs(field, only)
  )
    return [[plain, only]]
  const pieces = line.split(/;|\s\/\s|\s\|\s(?=[^|]*[:=])|,\s*(?=["'{]*[A-Za-z][\w "()-]{0,40}[:=])/, 40)
  // The name of another side is that of the names after it too, up to one of the own side.
  let isForeign = false
  return pieces.flatMap((piece) => {
    const pairs: Pair[] = []
    for (const { name, value, isLast } of walkNames(piece)) {
      const side = readSide(`${name}:`)
      isForeign = side === null || side === "part" ? isForeign : side !== "own"
      if (value !== null && !isForeign && (!isLast || pieces.length === 1)) pairs.push([name, value])
      if (pairs.length === 20) break
    }
    return pairs
  })
}

/** Walks the names in a piece of a line. Has null for the value of a name that isn't a field's; the next name follows it at once. */
function* walkNames(piece: string): Generator<{ name: string; value: string | null; isLast: boolean }> {
  let rest = piece
  for (let found = named.exec(rest); found !== null; found = named.exec(rest)) {
    const { 0: whole, groups: { name = "" } = {} } = found
    const tail = rest.slice(whole.length)
    const isKnown = findField(name) !== undefined || valueName.test(name)
    const end = isKnown ? (nextName.exec(tail)?.index ?? tail.length) : 0
    yield { name, value: isKnown ? tail.slice(0, end) : null, isLast: tail === "" }
    rest = tail.slice(end)
  }
}

/** Fields whose values are known by their form, and may have other words after them. */
const formed: readonly RequestField[] = [
  "vpcId",
  "awsAccountId",
  "accepterRegionName",
  "routeTableCidrBlock",
  "azureDirectoryId",
  "azureSubscriptionId",
]

/** Lists the values of a field in the text after its name. */
export function listValues(field: NamedField, given: string): string[] {
  const text = given.replace(/^[\s`"'*|:[{(]+|[\s`"'*,;|)\]}]+$/g, "")
  if (field === "networkBlocks") return text.split(/[\s,;"'[\]]+/)
  if (isRightAsItIs(field, text)) return [text]
  if (formed.includes(field)) return listFormedValues(field, text)
  // `hub (West Europe)`
  const [, name = ""] = /^(\S+)["'`]?\s*\(/.exec(text) ?? []
  return isRightAsItIs(field, name) ? [name] : []
}

function listFormedValues(field: RequestField, text: string): string[] {
  // `eu-west-1 (Atlas: us-east-1)`
  const own = text.replace(/\([^()]*\)?/g, (part) =>
    ["atlas", "remote"].includes(readSide(part) ?? "") ? "" : part,
  )
  const [, inBrackets = ""] = /\((\S+)\)$/.exec(`${text})`.replace(/\)+$/, ")")) ?? []
  // `Shop Production (9f0c1c5e-…)`
  if (isRightAsItIs(field, inBrackets)) return [inBrackets]
  const words = own.split(/[\s,;()"'`[\]]+/, 12).map((word) => word.replace(/\.$/, ""))
  const right = words.filter((word) => isRightAsItIs(field, word))
  // `Ireland (eu-west-1)`; a number or a block after other words may be anything.
  return field === "accepterRegionName" || right[0] === words[0] ? [...new Set(right)] : []
}

/** Tells if a field's rule takes a value without a repair: a name with spaces or capitals is somebody's title for it. */
function isRightAsItIs(field: RequestField, text: string): boolean {
  const { value, problem } = parseFieldValue(field, null, text)
  if (field === "awsAccountId") return problem === null && value === text.replace(/[ -]/g, "")
  return problem === null && value === text
}
