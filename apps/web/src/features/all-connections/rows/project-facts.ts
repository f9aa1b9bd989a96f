import { isUnusedContainer } from "@peering-desk/peering-rules"
import {
  providerLabels,
  providerNames,
  type Container,
  type InventoryProject,
} from "@peering-desk/shared-schemas"
import { getProblemText } from "#copy/problems.ts"

/** Containers in which nothing is, as far as that is known. */
export function findOrphans({ containers, peerings, watches }: InventoryProject): Container[] {
  const peers = peerings.map(({ peer }) => peer)
  return containers.filter((container) => {
    const watch = watches.find(({ providerName }) => providerName === container.providerName)
    return isUnusedContainer(container, peers, watch)
  })
}

/** Whether nine tenths of a limit of Atlas are used. */
export function isNear(used: number, most: number): boolean {
  return used >= most * 0.9
}

/** Whether one of a project's limits is near. */
export function isNearLimit({ quota: { used, most, pending, mostPending } }: InventoryProject): boolean {
  return isNear(used, most) || isNear(pending, mostPending)
}

/** Whether nothing at all of a project's connections is known, so that none is no number. */
export function isUnread({ watches }: InventoryProject): boolean {
  return watches.every(({ checkedAt }) => checkedAt === null)
}

/** Why some of a project may be missing or old, each with what it is about: `AWS, Azure: Atlas did not answer in time`. */
export function listTroubles({ watches, containersProblem }: InventoryProject): string[] {
  const about = new Map<string, string[]>()
  const note = (why: string, what: string) => about.set(why, [...(about.get(why) ?? []), what])
  for (const name of providerNames) {
    const watch = watches.find(({ providerName }) => providerName === name)
    if (watch?.problem != null) note(getProblemText(watch.problem).title, providerLabels[name])
    else if (watch == null || watch.checkedAt === null) note("not read yet", providerLabels[name])
  }
  if (containersProblem !== null) note(getProblemText(containersProblem).title, "Containers")
  return [...about].map(([why, what]) => `${what.join(", ")}: ${why}`)
}
