import { awsRegions, parseCidr, toAtlasRegionName } from "@peering-desk/shared-schemas"
import { quote } from "#formats/phrases.ts"
import type { Candidate, RequestField } from "./pasted.ts"

/** A value in a running text. */
export interface Mention extends Candidate {
  field: RequestField
  /** Whose it is by the words around it; `part` is of a subnet or a service in the VPC. */
  owner: "yours" | "atlas" | "part" | "unknown"
}

const mostMentions = 200

const forms: readonly (readonly [field: RequestField, form: RegExp, isOne: (text: string) => boolean])[] = [
  ["vpcId", /(?<![\w-])vpc-[0-9a-f]{8,17}(?![\w-])/gi, () => true],
  ["awsAccountId", /(?<![\w.:/-])(?:\d{12}|\d{4}-\d{4}-\d{4})(?![\w/-]|\.\d)/g, () => true],
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
export function findMentions(text: string): Mention[] {
  const found = new Map<string, Mention>()
  let above = ""
  text.split(/\r?\n/, 5000).forEach((whole, index) => {
    const line = whole.slice(0, 2000)
    for (const [field, form, isOne] of forms)
      for (const { 0: given, index: at } of line.matchAll(form)) {
        if (!isOne(given) || found.size >= mostMentions) continue
        const value = toValue(field, given)
        const owner = readOwner(field, given, line.slice(0, at), above, line.slice(at + given.length))
        const known = found.get(`${field} ${value}`)
        if (known === undefined)
          found.set(`${field} ${value}`, { field, value, owner, where: toWhere(line, at, index) })
        else if (owner === "yours" || (owner === "unknown" && known.owner !== "yours")) known.owner = owner
      }
    // Values of a list stand below its name.
    if (/[a-z]{3}/i.test(line)) above = line
  })
  return [...found.values()]
}

function toValue(field: RequestField, given: string): string {
  if (field === "awsAccountId") return given.replaceAll("-", "")
  return field === "accepterRegionName" ? given.toLowerCase().replaceAll("_", "-") : given.toLowerCase()
}

/** Shows a value with the words around it: `Line 2: our VPC (10.32.0.0/16) in …`. */
function toWhere(line: string, at: number, index: number): string {
  const from = Math.max(0, at - 36)
  const part = line.slice(from, at + 44)
  return `Line ${index + 1}: ${from > 0 ? "…" : ""}${quote(part)}`
}

/**
 * Words that say whose a value is; the last one before it counts. Atlas's names for its own side are in every spelling:
 * `atlas_cidr_block`, `AtlasCidrBlock`, `Atlas VPC`. Atlas makes the request, the owner of the VPC accepts it.
 */
const owners =
  /(?<atlas>(?:mongodb[ _.-]?)?(?:atlas|mongodb)(?:'?s)?(?:[\s_-]*(?:vpc|vnet|network|side|account|project|cidr|block))*|requester(?:vpc)?|container|(?<![a-z_])region_?name)|(?<part>subnet|(?:service|pod)s?[ _-]?(?:ipv4)?[ _-]?cidr)|\b(?:our|my|your)\b|vpc(?!-[0-9a-f]{8})|vnet|customer|accepter|route_?table_?cidr|(?<other>destination|route|cidr_?ip|access|allow|security|remote|peer|failed)/gi

/** Words straight after a value: `10.8.0.0/21 is Atlas`. */
const ownerAfter = /^["'`)]*\s*(?:(?:is|=|:|\()\s*)(?:the |our )?(?:(?<atlas>atlas|mongodb)|vpc)/i

/** The edges of a cell: a value without words around it, as command lines print it. */
const cellBefore = /(?:^\s*(?:-+ )*|[\t|"'[]\s*|\s{2})$/
const cellAfter = /^(?:["'\]]|\s*(?:$|[\t|])|\s{2})/

function readOwner(
  field: RequestField,
  given: string,
  before: string,
  above: string,
  after: string,
): Mention["owner"] {
  const groupsAfter = ownerAfter.exec(after)?.groups
  if (groupsAfter !== undefined) return groupsAfter["atlas"] === undefined ? "unknown" : "atlas"
  const sentence = before.split(/[.;!?]\s/).at(-1) ?? ""
  // A value alone on its line has its name on the line above.
  const isAlone = !/[a-z]/i.test(before) && !/[a-z]{3}/i.test(after)
  const [last] = [...(isAlone ? `${above} ${sentence}` : sentence).matchAll(owners)].reverse()
  const { atlas, part, other } = last?.groups ?? {}
  // `EU_WEST_1` is how Atlas writes its own regions.
  if (atlas !== undefined || (last === undefined && /^[A-Z]+_/.test(given))) return "atlas"
  if (part !== undefined && field === "routeTableCidrBlock") return "part"
  return other === undefined && cellBefore.test(before) && cellAfter.test(after) ? "yours" : "unknown"
}
