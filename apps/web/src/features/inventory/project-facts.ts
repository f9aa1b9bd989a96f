import type { Container, InventoryProject } from "@peering-desk/shared-schemas"

/**
 * Containers that no connection uses, as far as that is known: of a cloud whose connections were never read, or whose last
 * look failed, nothing is said.
 */
export function findOrphans({ containers, peerings, watches }: InventoryProject): Container[] {
  const used = new Set(peerings.map(({ peer }) => `${peer.providerName} ${peer.containerId}`))
  const read = new Set(
    watches
      .filter(({ checkedAt, problem }) => checkedAt !== null && problem === null)
      .map(({ providerName }) => providerName),
  )
  return containers.filter(
    ({ providerName, id }) => read.has(providerName) && !used.has(`${providerName} ${id}`),
  )
}

/** Whether a limit of Atlas is near: nine tenths are used. */
export function isNearLimit({ quota: { used, most, pending, mostPending } }: InventoryProject): boolean {
  return used >= most * 0.9 || pending >= mostPending * 0.9
}
