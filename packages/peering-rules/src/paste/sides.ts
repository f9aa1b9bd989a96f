/**
 * Whose a value is by the words around it. `part` is of a subnet or a service in the network, `other` of a rule, a cluster or a backup
 * beside it. Null when no word says.
 */
export type Side = "own" | "atlas" | "remote" | "part" | "other" | null

/** A line with what the lines above it say of all its values. */
export interface Line {
  text: string
  /** From 0. */
  index: number
  /** The side that the heading, the name or the block around the line gives to it. */
  around: Side
  /** The first line of the block that it is in. */
  block: string
  /** The heading straight above a value that is alone on its line. */
  name: string
}

const mostLines = 5000
const longestLine = 2000

/**
 * Words that say whose a value is; the last one before it counts. Atlas's names for its own side are in every spelling: `atlas_cidr_block`,
 * `AtlasCidrBlock`, `Atlas VPC`. Atlas makes the request, the owner of the network accepts it. The other end of a command or a
 * resource is `--peer-owner-id`, `PeerOwnerId`, `remote_virtual_network_id`.
 */
const sideWords = new RegExp(
  [
    String.raw`(?<remote>remote[\w-]*(?: (?:vpc|vnet|virtual|network|account|region|cidr)\w*)*|\btheir\b(?: \w+)?`,
    String.raw`|peer(?=[_-]?(?:vpc|owner|region|account|cidr|network|project|virtual|vnet|id\b))[\w-]+`,
    String.raw`|\bpeer (?:vpc|owner|region|account|cidr|network|project|vnet)[\w ]{0,12}(?=["')]*[:=|\t])|\bpeer(?=:))`,
    String.raw`|(?<atlas>(?:mongodb[ _.-]?)?(?:atlas|mongodb)(?:'?s)?(?:[\s_-]*(?:vpc|vnet|network|side|account|project|cidr|block))*`,
    String.raw`(?!(?:atlas)?[\s_.-]*(?:network[\s_-]?)?peering)|requester(?:vpc)?|container|(?<![a-z_])region_?name)`,
    String.raw`|(?<part>subnet|(?:service|pod)s?[ _-]?(?:ipv4)?[ _-]?cidr)`,
    String.raw`|(?<own>\b(?:our|my|your)\b|vpc(?!-[0-9a-f]{8}|[_ -]peering)|vnet|customer|accepter|route_?table_?cidr)`,
    String.raw`|(?<other>destination|route|cidr_?ip|access|allow|security|failed|ingress|egress|\bacl|entries|\brules?\b|firewall|backup`,
    String.raw`|bucket|cluster|database|billing|\border|gateway|^\s*provider\b)`,
  ].join(""),
  "gi",
)

/** Returns the side that the last such word of a text gives. */
export function readSide(text: string): Side {
  const [last] = [...text.slice(-longestLine).matchAll(sideWords)].reverse()
  const { remote, atlas, part, own, other } = last?.groups ?? {}
  if (remote !== undefined) return "remote"
  if (atlas !== undefined) return "atlas"
  if (part !== undefined) return "part"
  if (other !== undefined) return "other"
  return own === undefined ? null : "own"
}

/** Words straight after a value: `10.8.0.0/21 is Atlas`, `10.8.0.0/21 (Atlas)`. */
const sideAfter =
  /^["'`)]*\s*(?:(?:is|=|:)\s*(?:the |our )?(?:atlas|mongodb)|\((?:the |our )?(?:atlas|mongodb)[^:)\d]*\))/i

/** Ends of a clause: words before it say nothing of a value after it. */
const clauseEnd =
  /[.,;!?]\s|\s(?=--[a-z])|\s*(?:<?[-=]+>|<[-=]+|[→←↔⇄])\s*|\s(?:and|with|to(?=\s+(?:the |our |my |your )?(?:aws |customer )?(?:vpc|account)|\s*$))\s/

/** Returns the side of a value in a line: by the words after it, else by those of its own clause, else by what is around the line. */
export function readSideOf({ text, around, name }: Line, from: number, to: number): Side {
  if (sideAfter.test(text.slice(to, to + 40))) return "atlas"
  // The values of a list share the words before the first.
  const clauses = text.slice(0, from).split(clauseEnd)
  const last = clauses.at(-1) ?? ""
  const begun = clauses.findLast((one) => /[a-z]/i.test(one)) ?? ""
  const clause = /[a-z]/i.test(last) || !/\d["'`]?$/.test(begun) ? last : begun
  return readSide(clause) ?? readSide(name) ?? around
}

/** Returns a block's first line without a name that its writer chose: of `resource "aws_vpc" "atlas" {` the type. */
function toKind(line: string): string {
  return line.replace(/^(\s*)(?:(?:resource|data)(\s+"[^"]*")|(?:module|variable|output)\b).*/, "$1$2")
}

/** A heading of a part of a text: `## Atlas side`, `Requester:`. */
const heading =
  /^[\s#*>-]*(?:the |our |your |customer |own )?(?:mongodb |atlas |requester |accepter |remote |peer |their )?(?:mongodb|atlas|requester|accepter|remote|peer|theirs?|ours?|customer|side|vpc|vnet|network|account|details|info|information|end)\s*[:*]*\s*$/i

/** Splits a text into lines, each with what the blocks and the headings around it say. */
export function listLines(text: string): Line[] {
  const blocks: { indent: number; text: string }[] = []
  let section: Side = null
  let hasBegun = false
  let above = ""
  return text.split(/\r?\n/, mostLines).map((whole, index) => {
    const line = whole.slice(0, longestLine)
    const isBlank = line.trim() === ""
    const indent = line.search(/[^\s-]/)
    // A blank line ends what has begun below a heading.
    if (isBlank && hasBegun) section = null
    while (indent >= 0 && (blocks.at(-1)?.indent ?? -1) >= indent) blocks.pop()
    const isHeading = heading.test(line)
    if (isHeading) section = /[#:*]/.test(line) ? readSide(`${line}:`) : null
    hasBegun = isBlank ? hasBegun : !isHeading
    const own = blocks.map((one) => readSide(one.text)).findLast((side) => side !== null) ?? null
    const isAlone = !/[a-z]{3}[\w ]*[:=]|[a-z]{2,} [a-z]{2,}/i.test(line)
    const described = {
      text: line,
      index,
      around: own ?? section,
      block: blocks.at(-1)?.text ?? "",
      name: isAlone ? above : "",
    }
    if (/[:{[(=]\s*$/.test(line) && blocks.length < 60) blocks.push({ indent, text: toKind(line) })
    // A list below its name has many lines.
    if (!isBlank && /[a-z]{3}/i.test(line)) above = /\d/.test(line.replace(/ipv4/i, "")) ? "" : line
    return described
  })
}
