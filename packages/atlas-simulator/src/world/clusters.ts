import type { Durations } from "./durations.ts"
import type { Cluster, Container, Project } from "./world.ts"

/** Returns true for a cluster on dedicated machines, the only kind that peering reaches. */
export function isDedicated(cluster: Cluster): boolean {
  return /^M\d{2,}$/.test(cluster.instanceSize)
}

/** Returns true when a dedicated cluster has nodes in a container: in its region, or in any region of Google Cloud's. */
export function livesIn(cluster: Cluster, container: Container): boolean {
  const { providerName, region, regions } = container
  return (
    isDedicated(cluster) &&
    cluster.regions.some(
      (one) =>
        one.providerName === providerName &&
        (providerName === "GCP" ? (regions?.includes(one.regionName) ?? true) : one.regionName === region),
    )
  )
}

/** Lists the dedicated clusters of a container. They keep it provisioned. */
export function listClustersIn(project: Project, container: Container): Cluster[] {
  return project.clusters.filter((cluster) => livesIn(cluster, container))
}

/** Adds a cluster, or replaces the one of the same name, and provisions the containers it lives in. */
export function putCluster(project: Project, cluster: Cluster): void {
  project.clusters = [...project.clusters.filter(({ name }) => name !== cluster.name), cluster]
  for (const container of project.containers) container.provisioned ||= livesIn(cluster, container)
}

/** The description of a cluster to begin with. */
export type NewCluster = Pick<Cluster, "name" | "regions"> &
  Partial<Pick<Cluster, "clusterType" | "instanceSize" | "stateName" | "paused">>

/** Builds a cluster; one that is CREATING becomes IDLE after a while. */
export function buildCluster(
  fields: NewCluster & { id: string; createdAt: number },
  durations: Durations,
): Cluster {
  const { stateName = "IDLE", createdAt } = fields
  return {
    clusterType: "REPLICASET",
    instanceSize: "M30",
    paused: false,
    stateName,
    ...fields,
    idleAt: stateName === "CREATING" ? createdAt + durations.clusterCreating * 1000 : null,
  }
}
