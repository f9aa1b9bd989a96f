import {
  readContainerRegion,
  toContainerKey,
  type AtlasPeer,
  type Cluster,
  type ClusterRegion,
  type Container,
} from "@peering-desk/shared-schemas"
import { nameSome } from "#formats/phrases.ts"

/** A cluster with nodes in a peering's container. */
export interface ClusterBehind {
  cluster: Cluster
  /** Its regions that the peering reaches, in Atlas's words. */
  within: readonly string[]
  /** Its regions that need another way. */
  outside: readonly string[]
}

/**
 * Lists the clusters that a peering leads to: those with a region in its container.
 * @param container the peering's container; without it no cluster is known to be behind
 */
export function listClustersBehind(
  peer: Pick<AtlasPeer, "providerName">,
  container: Container | null,
  clusters: readonly Cluster[],
): ClusterBehind[] {
  return clusters.flatMap((cluster) => {
    const isWithin = (region: ClusterRegion) =>
      region.providerName === peer.providerName && isInContainer(region.regionName, container)
    const toNames = (regions: readonly ClusterRegion[]) => regions.map(({ regionName }) => regionName)
    const within = toNames(cluster.regions.filter(isWithin))
    const outside = toNames(cluster.regions.filter((region) => !isWithin(region)))
    return within.length === 0 ? [] : [{ cluster, within, outside }]
  })
}

/** Returns whether applications can use a cluster now. */
export function isRunning({ stateName, paused }: Cluster): boolean {
  return stateName !== "CREATING" && stateName !== "DELETING" && paused !== true
}

/** Returns the keys of containers in which a cluster runs. */
export function listRunning(containers: readonly Container[], clusters: readonly Cluster[]): string[] {
  const running = clusters.filter(isRunning)
  return containers.filter((one) => listClustersBehind(one, one, running).length > 0).map(toContainerKey)
}

function isInContainer(regionName: string, container: Container | null): boolean {
  if (container === null) return false
  // Without a restriction, a container of Google Cloud serves every region.
  if (container.providerName === "GCP") return container.regions?.includes(regionName) ?? true
  return readContainerRegion(container) === regionName
}

/** Says why a peering does not lead to a cluster that is not behind it. */
export function explainElsewhere(cluster: Cluster): string {
  if (!cluster.isDedicated)
    return "Shared, flex and serverless clusters can't be peered. Those of Atlas Core and Atlas Infinite can."
  if (cluster.regions.length === 0) return "Atlas doesn't say in which region it runs."
  const names = cluster.regions.map(({ providerName, regionName }) => `${regionName} (${providerName})`)
  return `Runs in ${nameSome(names)}, which this connection doesn't reach.`
}
