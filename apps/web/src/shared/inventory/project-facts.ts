import { isUnusedContainer } from "@peering-desk/peering-rules"
import {
  providerLabels,
  providerNames,
  type Container,
  type InventoryProject,
} from "@peering-desk/shared-schemas"
import { getProblemText } from "#copy/problems.ts"

/** Finds the containers known to be unused. */
export function findOrphans({ containers, peerings, watches }: InventoryProject): Container[] {
  const peers = peerings.map(({ peer }) => peer)
  return containers.filter((container) => {
    const watch = watches.find(({ providerName }) => providerName === container.providerName)
    return isUnusedContainer(container, peers, watch)
  })
}

/** Returns whether nine tenths of a limit are used. */
export function isNear(used: number, most: number): boolean {
  return used >= most * 0.9
}

/** Returns whether no connection list of a project was read, so that its counts are unknown. */
export function isUnread({ watches }: InventoryProject): boolean {
  return watches.every(({ checkedAt }) => checkedAt === null)
}

/** Lists why data of a project may be missing or old, each with its subject: `AWS, Azure: Atlas did not answer in time`. */
export function listTroubles({ project, watches, containersProblem }: InventoryProject): string[] {
  const keyKind = watches.find(({ atlas }) => atlas?.keyKind !== undefined)?.atlas?.keyKind ?? project.keyKind
  const about = new Map<string, string[]>()
  const note = (why: string, what: string) => about.set(why, [...(about.get(why) ?? []), what])
  for (const name of providerNames) {
    const watch = watches.find(({ providerName }) => providerName === name)
    if (watch?.problem != null) note(getProblemText(watch.problem, keyKind).title, providerLabels[name])
    else if (watch == null || watch.checkedAt === null) note("not read yet", providerLabels[name])
  }
  if (containersProblem !== null) note(getProblemText(containersProblem, keyKind).title, "Containers")
  return [...about].map(([why, what]) => `${what.join(", ")}: ${why}`)
}
