import type { ProjectAddresses } from "@peering-desk/shared-schemas"

/** Every block that somebody is known to have: those of containers and of the AWS networks that are joined to them. */
export function listTakenBlocks(spaces: readonly ProjectAddresses[]): string[] {
  return spaces.flatMap(({ containers, peers }) => [
    ...containers.flatMap(({ atlasCidrBlock }) => atlasCidrBlock ?? []),
    ...peers.flatMap((peer) => (peer.providerName === "AWS" ? (peer.routeTableCidrBlock ?? []) : [])),
  ])
}
