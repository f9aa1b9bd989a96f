import type { AtlasPeer } from "@peering-desk/shared-schemas"
import { getWaitingOn } from "#lifecycle/lifecycle.ts"

/** The counts of a project's peerings in all clouds, and Atlas's limits. */
export interface Quota {
  used: number
  most: number
  unfinished: number
  mostUnfinished: number
}

/** Atlas's limits (Atlas: Set Up a Network Peering Connection). Its support may raise each; no document links the two. */
export const documentedQuota = { most: 50, mostUnfinished: 25 } as const

/** Tells if a peering counts as unfinished: Atlas or the person still has something to do. */
export function isUnfinished(peer: AtlasPeer): boolean {
  return ["atlas", "you"].includes(getWaitingOn(peer))
}

/** Counts a project's peerings, of every cloud, against Atlas's limits. @param peersPerProject what Atlas allows in all */
export function toQuota(peers: readonly AtlasPeer[], peersPerProject: number): Quota {
  return {
    used: peers.length,
    most: peersPerProject,
    unfinished: peers.filter(isUnfinished).length,
    mostUnfinished: documentedQuota.mostUnfinished,
  }
}
