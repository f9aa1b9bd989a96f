import type { AwsPeer, Container, ProjectAddresses } from "@peering-desk/shared-schemas"
import { nameContainer } from "./check.ts"
import { readCidrRange, type CidrRange } from "./cidr-range.ts"

/** A block of addresses that somebody has: a container, or a VPC that is peered. */
export interface TakenBlock extends CidrRange {
  cidr: string
  projectName: string
  by: { container: Container } | { peer: AwsPeer }
}

/** The blocks of a project, as far as Atlas gives readable ones. */
export function toTakenBlocks({ project, containers, peers }: ProjectAddresses): TakenBlock[] {
  const taken = (cidr: string | null | undefined, by: TakenBlock["by"]) => {
    const range = readCidrRange(cidr ?? "")
    return range === null ? [] : [{ ...range, cidr: cidr ?? "", projectName: project.name, by }]
  }
  return [
    ...containers.flatMap((container) => taken(container.atlasCidrBlock, { container })),
    ...peers.flatMap((peer) =>
      peer.providerName === "AWS" ? taken(peer.routeTableCidrBlock, { peer }) : [],
    ),
  ]
}

/** Those that share an address with a block, lowest first, whatever order they came in. */
export function findOverlaps(cidr: string, blocks: readonly TakenBlock[]): TakenBlock[] {
  const range = readCidrRange(cidr)
  if (range === null) return []
  return blocks
    .filter(({ first, last }) => first <= range.last && range.first <= last)
    .sort((a, b) => a.first - b.first || a.last - b.last || compareText(toSortKey(a), toSortKey(b)))
}

function toSortKey(block: TakenBlock): string {
  return `${block.projectName} ${nameBlock(block)}`
}

/** Orders texts by their code units, which is the same everywhere. */
export function compareText(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}

/** Names a block by whoever has it: `the container 10.8.0.0/21 in US_EAST_1`, `10.0.0.0/16 of vpc-0a1b2c3d`. */
function nameBlock({ by, cidr }: TakenBlock): string {
  if ("container" in by) return nameContainer(by.container)
  return `${cidr} of ${by.peer.vpcId ?? `the connection ${by.peer.id}`}`
}

/** Names the first of them and counts the rest. */
export function nameBlocks(blocks: readonly TakenBlock[]): string {
  const named = blocks.slice(0, 2).map(nameBlock)
  const rest = blocks.length - named.length
  return rest === 0 ? named.join(" and ") : `${named.join(", ")} and ${rest} more`
}
