import {
  getNetworkName,
  type AtlasPeer,
  type Container,
  type NetworkFacts,
} from "@peering-desk/shared-schemas"
import { listAwsStops } from "./aws-stops.ts"
import { listAzureStops } from "./azure-stops.ts"
import { listGcpStops } from "./gcp-stops.ts"
import type { Stop } from "./stop.ts"

/*
 * AWS. "facts" are fresh: younger than 24 hours. A stale or missing one makes its stop not-checked, with its time.
 *
 * | stop        | proven by                        | broken by                             | waiting when         | not checked when                | rests on            |
 * | ----------- | -------------------------------- | ------------------------------------- | -------------------- | ------------------------------- | ------------------- |
 * | application | every subnet in the given CIDR   | a VPC CIDR with subnets isn't given   |                      | a part of the VPC's CIDR given  | subnets, addresses  |
 * | route       | every used table leads to it     | no used table does, or one that did   | later: not accepted  | some tables; inactive when read | routeTables         |
 * | firewall    | all groups and ACLs let through  | no group, or no ACL, lets through     |                      | some groups or ACLs             | firewalls, ACLs     |
 * | dns         | both attributes on               | one off                               |                      | one off, custom DNS enabled     | dns                 |
 * | peering     | active, or Atlas AVAILABLE       | ended, refused, mismatch, overlap     | not accepted yet     | unknown status                  | peerings, Atlas     |
 *
 * Azure.
 *
 * | application | subnets are there                |                                       |                      |                                 | subnets             |
 * | route       | no user-defined route within     | one for every subnet                  |                      | one for some subnets            | routeTables         |
 * | firewall    | all NSGs let out                 | NSGs of every subnet don't            |                      | some subnets, sources or ports  | firewalls           |
 * | role        | a role that may peer, AVAILABLE  | none                                  |                      |                                 | roles, Atlas        |
 * | peering     | Connected, or Atlas AVAILABLE    | Disconnected, gone, FAILED, overlap   | Initiated, adding    | unknown status, or in part      | peerings, Atlas     |
 *
 * Google Cloud.
 *
 * | application | subnets are there                |                                       |                      |                                 | subnets             |
 * | route       | no static route within           | a static route within                 | later: not active    |                                 | routeTables         |
 * | firewall    | egress open for all              | denied for all                        |                      | some machines or ports          | firewalls           |
 * | peering     | ACTIVE, or Atlas AVAILABLE       | FAILED, gone, inactive again, overlap | no peering back      | unknown status                  | peerings, Atlas     |
 *
 * Access list and cluster, which rest on Atlas's own lists, are in `path/path.ts`.
 */

/**
 * Lists the stops on the way from the application to the peering, in the order of the way.
 * @param marks the marks of the connection: those of subnets and security groups say that the application uses them
 * @param since when Atlas's status was first seen: an older look-up that lacks the peering says nothing against AVAILABLE
 * @param customDns the project's custom DNS on AWS is known to be enabled
 */
export function listStops(
  peer: AtlasPeer,
  container: Container | null,
  facts: NetworkFacts | null,
  now: number,
  marks: Readonly<Record<string, unknown>> = {},
  since: string | null = null,
  customDns = false,
): Stop[] {
  const own = facts === null || !isOfPeer(facts, peer) ? null : pickUsed(facts, marks)
  switch (peer.providerName) {
    case "AWS":
      return listAwsStops({ peer, container, facts: own, now, since, customDns })
    case "AZURE":
      return listAzureStops({ peer, container, facts: own, now, since })
    case "GCP":
      return listGcpStops({ peer, container, facts: own, now, since })
  }
}

/** Leaves out the subnets, ACLs and groups that the application doesn't use. Marks of what is no longer there say nothing. */
function pickUsed(facts: NetworkFacts, marks: Readonly<Record<string, unknown>>): NetworkFacts {
  const { subnets, routeTables, networkAcls, firewalls } = facts
  const listMarked = <Thing extends { id: string }>(fact?: { value: Thing[] }) =>
    fact?.value.filter(({ id }) => Object.hasOwn(marks, id)) ?? []
  const [used, groups] = [listMarked(subnets), listMarked(firewalls)]
  const ids = new Set(used.map(({ id }) => id))
  const toUsers = <Thing extends { subnets: string[] }>(things: Thing[]) =>
    things.map((thing) => ({ ...thing, subnets: thing.subnets.filter((id) => ids.has(id)) }))
  return {
    ...facts,
    ...(firewalls && groups.length > 0 && { firewalls: { ...firewalls, value: groups } }),
    ...(subnets &&
      used.length > 0 && {
        subnets: { ...subnets, value: used },
        ...(routeTables && { routeTables: { ...routeTables, value: toUsers(routeTables.value) } }),
        ...(networkAcls && { networkAcls: { ...networkAcls, value: toUsers(networkAcls.value) } }),
      }),
  }
}

/** Facts of another network prove nothing. */
function isOfPeer({ providerName, network }: NetworkFacts, peer: AtlasPeer): boolean {
  if (providerName !== peer.providerName) return false
  const own = getNetworkName(peer)
  return network === undefined || own == null || network.value.toLowerCase() === own.toLowerCase()
}

/** Finds why the connection doesn't work: the first broken stop on the way, else the one that waits. Null when no stop is known to be either. */
export function findCause(stops: readonly Stop[]): Stop | null {
  return (
    stops.find(({ state }) => state === "broken") ?? stops.find(({ state }) => state === "waiting") ?? null
  )
}
