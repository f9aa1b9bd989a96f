import { findFreeBlock, wellKnownBlocks } from "@peering-desk/peering-rules"
import { privateRanges, type ProjectAddresses } from "@peering-desk/shared-schemas"

type Used = Pick<ProjectAddresses, "containers" | "peers">

/** Lists the CIDRs of some projects' containers and networks. */
export function listUsedCidrs(projects: readonly Used[]): string[] {
  return projects.flatMap(({ containers, peers }) => [
    ...containers.flatMap(({ atlasCidrBlock }) => atlasCidrBlock ?? []),
    ...peers.flatMap((peer) => (peer.providerName === "AWS" ? (peer.routeTableCidrBlock ?? []) : [])),
  ])
}

/** Finds a private CIDR that none of some projects uses, nor many networks by default; null when there is none. */
export function findFreeCidr(projects: readonly Used[], prefix: number): string | null {
  const avoid = [...listUsedCidrs(projects), ...wellKnownBlocks.map(({ cidr }) => cidr)]
  return findFreeBlock({ prefix, within: privateRanges, avoid })
}
