import type { AddressBlock } from "./address-blocks.ts"

/** Two blocks that overlap and that a peering, or a project's rules, keep from working together. */
export interface AddressConflict {
  /** The larger block, or the earlier of two equal ones. */
  outer: AddressBlock
  inner: AddressBlock
}

/**
 * Finds overlaps that break a connection: a network with its container, two networks of one container, two containers of
 * one project and cloud. Other overlaps do no harm, since nothing routes between the blocks.
 */
export function findAddressConflicts(blocks: readonly AddressBlock[]): AddressConflict[] {
  // A part of a picture keeps the positions of the whole.
  const byPosition = new Map(blocks.map((block) => [block.at, block]))
  return blocks.flatMap((inner) => {
    const found: AddressConflict[] = []
    let outer = byPosition.get(inner.holder)
    for (; outer !== undefined; outer = byPosition.get(outer.holder)) {
      if (isConflict(outer, inner)) found.push({ outer, inner })
    }
    return found
  })
}

function isConflict(a: AddressBlock, b: AddressBlock): boolean {
  switch (`${a.kind} and ${b.kind}`) {
    case "container and container":
      return a.providerName === b.providerName && a.projects[0]?.id === b.projects[0]?.id
    case "peer and container":
      return isPeeredWith(a, b.id)
    case "container and peer":
      return isPeeredWith(b, a.id)
    case "peer and peer":
      return a.peerings.some(({ containerBlockId }) => isPeeredWith(b, containerBlockId))
    default:
      return false
  }
}

function isPeeredWith(network: AddressBlock, blockId: string): boolean {
  return network.peerings.some(({ containerBlockId }) => containerBlockId === blockId)
}
