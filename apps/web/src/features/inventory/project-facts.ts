import { isUnusedContainer } from "@peering-desk/peering-rules"
import type { Container, InventoryProject } from "@peering-desk/shared-schemas"

/** Containers in which nothing is, as far as that is known. */
export function findOrphans({ containers, peerings, watches }: InventoryProject): Container[] {
  const peers = peerings.map(({ peer }) => peer)
  return containers.filter((container) => {
    const watch = watches.find(({ providerName }) => providerName === container.providerName)
    return isUnusedContainer(container, peers, watch)
  })
}

/** Whether a limit of Atlas is near: nine tenths are used. */
export function isNearLimit({ quota: { used, most, pending, mostPending } }: InventoryProject): boolean {
  return used >= most * 0.9 || pending >= mostPending * 0.9
}
