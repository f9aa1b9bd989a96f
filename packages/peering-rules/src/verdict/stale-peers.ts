import { readStatus, type AtlasPeer } from "@peering-desk/shared-schemas"
import { hasRed, type RefusedDraft } from "./draft-change.ts"
import { readValue, toPeersInContainer } from "#draft/parse-draft.ts"
import { findDuplicates } from "#checks/duplicate-checks.ts"
import { isOverlapping } from "#addresses/cidr-overlap.ts"
import { compareText } from "#draft/taken-blocks.ts"

/** The most failed peerings to suggest for deletion. */
const mostTries = 3

/** Finds failed peerings that block the draft: a duplicate, one that overlaps, any one when the project is full. */
export function findStalePeers(trouble: RefusedDraft): AtlasPeer[] {
  const { reading } = trouble
  const found = new Set<AtlasPeer>()
  if (hasRed(trouble, "duplicate")) findDuplicates(reading).forEach((peer) => found.add(peer))
  if (hasRed(trouble, "overlap-with-peer")) {
    const block = readValue(reading, "routeTableCidrBlock") ?? ""
    for (const peer of toPeersInContainer(reading))
      if (peer.providerName === "AWS" && isOverlapping(block, peer.routeTableCidrBlock ?? "")) found.add(peer)
  }
  if (hasRed(trouble, "quota")) reading.snapshot.here.peers.forEach((peer) => found.add(peer))
  return [...found]
    .filter((peer) => readStatus(peer) === "FAILED")
    .sort((a, b) => compareText(a.id, b.id))
    .slice(0, mostTries)
}
