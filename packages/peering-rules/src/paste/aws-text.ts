import { parseCidr } from "@peering-desk/shared-schemas"

type Thing = Record<string, unknown>

type Tag = readonly [name: string, parent: string | null]

/** Tag of a line → the name and parent of what it describes. */
const tags: Readonly<Record<string, Tag>> = {
  VPCS: ["Vpcs", null],
  VPC: ["Vpc", null],
  SUBNETS: ["Subnets", null],
  ROUTETABLES: ["RouteTables", null],
  ROUTES: ["Routes", "thing"],
  VPCPEERINGCONNECTIONS: ["VpcPeeringConnections", null],
  VPCPEERINGCONNECTION: ["VpcPeeringConnection", null],
  ACCEPTERVPCINFO: ["AccepterVpcInfo", "peering"],
  REQUESTERVPCINFO: ["RequesterVpcInfo", "peering"],
  CIDRBLOCKSET: ["CidrBlockSet", "info"],
  CIDRBLOCKASSOCIATIONSET: ["CidrBlockAssociationSet", "thing"],
  IPV6CIDRBLOCKASSOCIATIONSET: ["Ipv6CidrBlockAssociationSet", "thing"],
  TAGS: ["Tags", "thing"],
}

/** The names of values that are known by their form, wherever they stand in a line. */
const forms: readonly (readonly [name: string, isOne: (cell: string) => boolean])[] = [
  ["CidrBlock", (cell) => parseCidr(cell) !== null],
  ["Ipv6CidrBlock", (cell) => /^[0-9a-f:]+\/\d+$/i.test(cell) && cell.includes("::")],
  ["OwnerId", (cell) => /^\d{12}$/.test(cell)],
  ["VpcId", (cell) => /^vpc-[0-9a-f]{8,17}$/.test(cell)],
  ["SubnetId", (cell) => /^subnet-[0-9a-f]{8,17}$/.test(cell)],
  ["VpcPeeringConnectionId", (cell) => /^pcx-[0-9a-f]{8,17}$/.test(cell)],
  ["GatewayId", (cell) => cell === "local"],
  ["SubnetArn", (cell) => cell.startsWith("arn:")],
  ["Region", (cell) => /^[a-z]{2,4}(-[a-z]+)+-\d$/.test(cell)],
  ["AvailabilityZone", (cell) => /^[a-z]{2,4}(-[a-z]+)+-\d[a-z]$/.test(cell)],
  ["IsDefault", (cell) => cell === "True" || cell === "False"],
]

/**
 * Parses `aws --output=text` into the JSON that it was printed from, as far as it is about networks. Each line has a tag and its values
 * without names. Null when no line has such a tag.
 */
export function parseAwsText(text: string): unknown {
  const root: Thing = {}
  const open: OpenThings = {}
  for (const line of text.split(/\r?\n/, 20_000)) {
    const [tag = "", ...cells] = line.slice(0, 4000).split("\t")
    const described = Object.hasOwn(tags, tag) ? tags[tag] : undefined
    if (described === undefined) putOther(root, open, tag, cells)
    else putTagged(root, open, described, cells)
  }
  return Object.keys(root).length > 0 ? root : null
}

/** The things that the lines below may describe further, by their names as parents. */
type OpenThings = Record<string, Thing | undefined>

function putTagged(root: Thing, open: OpenThings, [name, parent]: Tag, cells: readonly string[]): void {
  const value = name === "Tags" ? { Key: cells[0], Value: cells[1] } : toThing(cells)
  const owner = parent === null ? root : open[parent]
  if (owner === undefined) return
  if (/Info$|Vpc$|Connection$/.test(name)) owner[name] = value
  else addTo(owner, name, value)
  if (parent === null)
    Object.assign(open, { thing: value, peering: value, info: undefined, block: undefined })
  if (parent === "peering") open["info"] = value
  if (name.endsWith("AssociationSet")) open["block"] = value
}

/** Puts the caller's identity, a VPC without names or the state of the block above. */
function putOther(root: Thing, open: OpenThings, first: string, cells: readonly string[]): void {
  if (/^\d{12}$/.test(first) && cells[0]?.startsWith("arn:") === true)
    Object.assign(root, { Account: first, Arn: cells[0], UserId: cells[1] ?? "" })
  const row = toVpcRow([first, ...cells])
  if (row !== null) addTo(root, "Vpcs", row)
  if (first === "CIDRBLOCKSTATE" && open["block"] !== undefined)
    open["block"]["CidrBlockState"] = { State: cells[0] }
}

function addTo(owner: Thing, name: string, value: Thing): void {
  const list = (owner[name] ??= []) as unknown[]
  list.push(value)
}

/** Takes the values of one VPC that `--query` prints without names. Null for any other row. */
export function toVpcRow(cells: readonly unknown[]): Thing | null {
  const texts = cells.filter((cell) => typeof cell === "string")
  const isOne = (form: RegExp) => texts.filter((cell) => form.test(cell)).length === 1
  const hasOther = texts.some((cell) => /^(?:pcx|rtb|subnet|eni|sg|acl|i)-/.test(cell))
  return texts.length > 1 && !hasOther && isOne(/^vpc-[0-9a-f]{8,17}$/) ? toThing(texts) : null
}

function toThing(cells: readonly string[]): Thing {
  const thing: Thing = {}
  for (const cell of cells) {
    const name = forms.find(([, isOne]) => isOne(cell))?.[0]
    // The first True or False of a VPC says if it is the default one.
    if (name !== undefined && !Object.hasOwn(thing, name)) thing[name] = cell
  }
  return thing
}
