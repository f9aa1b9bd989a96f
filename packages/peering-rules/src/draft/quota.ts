import type { AtlasPeer } from "@peering-desk/shared-schemas"
import { getWaitingOn } from "#lifecycle/lifecycle.ts"

/** How many connections a project has in all clouds, and how many Atlas allows it. */
export interface Quota {
  used: number
  most: number
  unfinished: number
  mostUnfinished: number
}

/** Atlas: Set Up a Network Peering Connection. Its support may raise both; nothing says that the one goes with the other. */
export const documentedQuota = { most: 50, mostUnfinished: 25 } as const

/** Whether Atlas counts a connection as not finished: Atlas or the person has still something to do. */
export function isUnfinished(peer: AtlasPeer): boolean {
  return ["atlas", "you"].includes(getWaitingOn(peer))
}

/** Counts the connections of a project, of every cloud, against Atlas's limits. @param peersPerProject what Atlas allows in all */
export function toQuota(peers: readonly AtlasPeer[], peersPerProject: number): Quota {
  return {
    used: peers.length,
    most: peersPerProject,
    unfinished: peers.filter(isUnfinished).length,
    mostUnfinished: documentedQuota.mostUnfinished,
  }
}
