import { awsRegions, parseCidr, toAtlasRegionName } from "@peering-desk/shared-schemas"
import { quote } from "#formats/phrases.ts"
import type { Candidate, RequestField } from "./pasted.ts"
import { readSideOf, type Line, type Side } from "./sides.ts"

/** A value in a running text. */
export interface Mention extends Candidate {
  field: RequestField
  side: Side
}

const mostMentions = 200

const forms: readonly (readonly [field: RequestField, form: RegExp, isOne: (text: string) => boolean])[] = [
  ["vpcId", /(?<![\w-])vpc-[0-9a-f]{8,17}(?![\w-])/gi, () => true],
  ["awsAccountId", /(?<![\w.:/+-])(?:\d{12}|\d{4}-\d{4}-\d{4})(?![\w/-]|\.\d)/g, () => true],
  ["accepterRegionName", /(?<![a-z\d])[a-z]{2,4}(?:[-_][a-z]{2,12}){1,2}[-_]\d(?!\d)/gi, isRegion],
  [
    "routeTableCidrBlock",
    /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}(?!\d)/g,
    (text) => parseCidr(text) !== null,
  ],
]

function isRegion(text: string): boolean {
  return Object.hasOwn(awsRegions, toAtlasRegionName(text))
}

/** Lists ids, regions and CIDRs of AWS in a text, each different value of a field once. */
export function findMentions(lines: readonly Line[]): Mention[] {
  const found = new Map<string, Mention>()
  for (const line of lines)
    for (const [field, form, isOne] of forms)
      for (const { 0: given, index: at } of line.text.matchAll(form)) {
        if (!isOne(given) || found.size >= mostMentions || !mayBe(field, line, at)) continue
        const side = readSideOfValue(field, given, line, at)
        addMention(found, { field, value: toValue(field, given), side, where: toWhere(line, at) })
      }
  return [...found.values()]
}

/** Adds a value. Of several sides of the same value the own one stays, else null. */
function addMention(found: Map<string, Mention>, mention: Mention): void {
  const { field, value, side } = mention
  const known = found.get(`${field} ${value}`)
  if (known === undefined) found.set(`${field} ${value}`, mention)
  else if (side === "own" || (side === null && known.side !== "own")) known.side = side
}

/** Twelve digits are an account only where a word says it. */
function mayBe(field: RequestField, { text, name }: Line, at: number): boolean {
  return field !== "awsAccountId" || /account|acct|owner|\baws\b/i.test(`${name} ${text.slice(0, at)}`)
}

/** The target straight after a route's block. */
const routeTarget = /^["'\s|]+(?:pcx|igw|nat|tgw|vgw|vpce|eigw|lgw|eni)-[0-9a-f]{8}/

function readSideOfValue(field: RequestField, given: string, line: Line, at: number): Side {
  const end = at + given.length
  if (routeTarget.test(line.text.slice(end, end + 40))) return "remote"
  const side = readSideOf(line, at, end)
  // `EU_WEST_1` is how Atlas writes its own regions.
  if (side === null && /^[A-Z]+_/.test(given)) return "atlas"
  return side === "other" || (side === "part" && field !== "routeTableCidrBlock") ? null : side
}

function toValue(field: RequestField, given: string): string {
  if (field === "awsAccountId") return given.replaceAll("-", "")
  return field === "accepterRegionName" ? given.toLowerCase().replaceAll("_", "-") : given.toLowerCase()
}

/** Shows a value with the words around it: `Line 2: our VPC (10.32.0.0/16) in …`. */
function toWhere({ text, index }: Line, at: number): string {
  const from = Math.max(0, at - 36)
  const part = text.slice(from, at + 44)
  return `Line ${index + 1}: ${from > 0 ? "…" : ""}${quote(part)}`
}
