import { isDedicated, livesIn } from "#world/clusters.ts"
import { derive } from "#world/identifiers.ts"
import type { Cluster, Project } from "#world/world.ts"
import { findContainer } from "#world/world.ts"
import type { Json } from "./json.ts"

const lettersAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789"

/** Returns true for a cluster with a peering that works, with custom DNS if that is on AWS. */
function hasPrivateNames(project: Project, cluster: Cluster): boolean {
  return project.peers.some((peer) => {
    const { providerName } = peer.target
    const container = findContainer(project, providerName, peer.containerId)
    return (
      peer.status === "AVAILABLE" &&
      container !== null &&
      livesIn(cluster, container) &&
      (providerName !== "AWS" || project.awsCustomDns)
    )
  })
}

/** Writes one pair of strings: hosts with ports and options, and the short form that DNS completes. */
function toPair(project: Project, cluster: Cluster, suffix: "" | "-pri"): { hosts: string; srv: string } {
  const zone = `${derive(`${project.id}/dns`, 7, lettersAndDigits)}.mongodb.net`
  const name = cluster.name.toLowerCase().slice(0, 23)
  const hostName = isDedicated(cluster) ? name : `ac-${derive(`${cluster.id}/host`, 7, lettersAndDigits)}`
  const nodes = cluster.regions.reduce((sum, region) => sum + region.nodes, 0)
  const hosts = Array.from(
    { length: nodes },
    (_, index) => `${hostName}-shard-00-${String(index).padStart(2, "0")}${suffix}.${zone}:27017`,
  )
  const replicaSet = `atlas-${derive(`${cluster.id}/set`, 6, lettersAndDigits)}-shard-0`
  const set = cluster.clusterType === "REPLICASET" ? `&replicaSet=${replicaSet}` : ""
  return {
    hosts: `mongodb://${hosts.join(",")}/?ssl=true&authSource=admin${set}`,
    srv: `mongodb+srv://${name}${suffix}.${zone}`,
  }
}

/** Writes a cluster's `connectionStrings`: none while it is made, private ones once a peering gives them. */
export function toConnectionStrings(project: Project, cluster: Cluster): Record<string, Json> {
  if (cluster.stateName === "CREATING") return {}
  const standard = toPair(project, cluster, "")
  const strings = { standard: standard.hosts, standardSrv: standard.srv }
  if (!hasPrivateNames(project, cluster)) return strings
  const own = toPair(project, cluster, "-pri")
  return { ...strings, private: own.hosts, privateSrv: own.srv }
}
