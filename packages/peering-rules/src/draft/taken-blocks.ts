import type { AwsPeer, Container, ProjectAddresses } from "@peering-desk/shared-schemas"
import { nameContainer, nameSome } from "#formats/phrases.ts"
import { readCidrRange, toJoined, type CidrRange } from "#addresses/cidr-range.ts"

/** The block of a container or of a peered VPC. */
export interface TakenBlock extends CidrRange {
  cidr: string
  projectId: string
  projectName: string
  by: { container: Container } | { peer: AwsPeer }
}

/** The blocks of a project, with separate arrays of their ends: each keystroke searches hundreds of projects. */
export interface TakenBlocks {
  blocks: readonly TakenBlock[]
  firsts: Float64Array
  lasts: Float64Array
  /** All addresses of the blocks, as joined ranges. */
  ranges: readonly CidrRange[]
}

/** By the list of peers. Lists are replaced when they change, never written to, so a result holds as long as its lists exist. */
const known = new WeakMap<ProjectAddresses["peers"], { of: ProjectAddresses; taken: TakenBlocks }>()

/** By its owner: a list that has one entry more has the same others. */
const knownBlocks = new WeakMap<Container | AwsPeer, TakenBlock>()

/** Returns the readable blocks of a project. */
export function toTakenBlocks(addresses: ProjectAddresses): TakenBlocks {
  const before = known.get(addresses.peers)
  if (before !== undefined && hasSameBlocks(before.of, addresses)) return before.taken
  const blocks = readTakenBlocks(addresses)
  let ranges: CidrRange[] | null = null
  const taken = {
    blocks,
    firsts: Float64Array.from(blocks, ({ first }) => first),
    lasts: Float64Array.from(blocks, ({ last }) => last),
    // Only a free block is searched by them.
    get ranges() {
      return (ranges ??= toJoined(blocks))
    },
  }
  known.set(addresses.peers, { of: addresses, taken })
  return taken
}

function hasSameBlocks(one: ProjectAddresses, other: ProjectAddresses): boolean {
  return (
    one.containers === other.containers &&
    one.project.id === other.project.id &&
    one.project.name === other.project.name
  )
}

function readTakenBlocks({ project, containers, peers }: ProjectAddresses): TakenBlock[] {
  const blocks: TakenBlock[] = []
  const add = (owner: Container | AwsPeer, cidr: string | null | undefined, by: TakenBlock["by"]) => {
    const kept = knownBlocks.get(owner)
    if (kept?.projectId === project.id && kept.projectName === project.name) return void blocks.push(kept)
    const range = readCidrRange(cidr ?? "")
    if (range === null) return
    const block = {
      first: range.first,
      last: range.last,
      cidr: cidr ?? "",
      projectId: project.id,
      projectName: project.name,
      by,
    }
    knownBlocks.set(owner, block)
    blocks.push(block)
  }
  for (const container of containers) add(container, container.atlasCidrBlock, { container })
  for (const peer of peers) if (peer.providerName === "AWS") add(peer, peer.routeTableCidrBlock, { peer })
  return blocks
}

/** Finds the counted blocks that share an address with a block, lowest first. The order of the input makes no difference. */
export function findOverlaps(
  cidr: string,
  projects: readonly TakenBlocks[],
  counts: (block: TakenBlock) => boolean = () => true,
): TakenBlock[] {
  const range = readCidrRange(cidr)
  if (range === null) return []
  const found = projects.flatMap((project) => listBlocksWithin(project, range)).filter(counts)
  if (found.length < 2) return found
  return found
    .map((block) => ({ block, key: `${block.projectName} ${nameBlock(block)} ${readPeerId(block)}` }))
    .sort((a, b) => a.block.first - b.block.first || a.block.last - b.block.last || compareText(a.key, b.key))
    .map(({ block }) => block)
}

/** Lists the blocks of a project that share an address with a range. */
function listBlocksWithin({ blocks, firsts, lasts }: TakenBlocks, range: CidrRange): TakenBlock[] {
  const within: TakenBlock[] = []
  for (let at = 0; at < firsts.length; at += 1) {
    if ((firsts[at] ?? 0) > range.last || (lasts[at] ?? 0) < range.first) continue
    const block = blocks[at]
    if (block !== undefined) within.push(block)
  }
  return within
}

/** Orders texts by code units, which does not depend on the locale. */
export function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** Names a block by its owner: `container 10.8.0.0/21 in US_EAST_1`, `10.0.0.0/16 of vpc-0a1b2c3d`. */
function nameBlock({ by, cidr }: TakenBlock): string {
  if ("container" in by) return nameContainer(by.container)
  return `${cidr} of ${by.peer.vpcId ?? `connection ${by.peer.id}`}`
}

function readPeerId({ by }: TakenBlock): string {
  return "peer" in by ? by.peer.id : ""
}

/** Names the first of them and counts the rest. */
export function nameBlocks(blocks: readonly TakenBlock[]): string {
  return nameSome(blocks.map(nameBlock))
}

/** Names the first peering among some blocks, for a link to it; null without one. */
export function toPeeringLink(
  blocks: readonly TakenBlock[],
): { projectId: string; peeringId: string } | null {
  for (const { by, projectId } of blocks) if ("peer" in by) return { projectId, peeringId: by.peer.id }
  return null
}
