import type { Cluster } from "#world/world.ts"
import { toClusterJson, versionWithRegionList } from "./cluster-answer.ts"
import type { DatedVersion, Endpoint, ProjectCall } from "./endpoint.ts"
import { buildProjectEndpoints } from "./endpoint.ts"
import { AtlasError } from "./errors.ts"
import { toPage } from "./paging.ts"

const sunset = "Thu, 1 Jul 2027 00:00:00 GMT"
const versions: readonly DatedVersion[] = [
  { date: "2023-01-01", deprecation: "Wed, 1 Feb 2023 00:00:00 GMT", sunset },
  { date: "2023-02-01", deprecation: "Mon, 5 Aug 2024 00:00:00 GMT", sunset },
  { date: "2024-08-05" },
]

/** v1.0 and the oldest dated version have room for one cloud only. */
function hasRoomFor({ dated }: ProjectCall, { regions }: Cluster): boolean {
  if (dated !== null && dated.date >= versionWithRegionList) return true
  return new Set(regions.map((one) => one.providerName)).size <= 1
}

function findCluster(call: ProjectCall): Cluster {
  const { project, params } = call
  const cluster = project.clusters.find(({ name }) => name === params["clusterName"])
  if (cluster === undefined)
    throw new AtlasError("CLUSTER_NOT_FOUND", [params["clusterName"] ?? "", project.id])
  if (!hasRoomFor(call, cluster)) throw new AtlasError("MULTI_CLOUD_CLUSTER_INVALID")
  return cluster
}

/** Creates the endpoints that list a project's clusters and show one by its name. */
export function createClusterEndpoints(): Endpoint[] {
  const toJson = ({ project, dated, baseUrl }: ProjectCall, cluster: Cluster) =>
    toClusterJson(project, cluster, dated?.date ?? null, baseUrl)
  const list = (call: ProjectCall) => {
    const listed = call.project.clusters.filter((cluster) => hasRoomFor(call, cluster))
    return { status: 200, body: toPage(call, listed, (cluster) => toJson(call, cluster)) }
  }
  const showOne = (call: ProjectCall) => ({ status: 200, body: toJson(call, findCluster(call)) })
  return buildProjectEndpoints(
    { javaResource: "ApiAtlasClusterDescriptionResource20240805", limit: "clusters", versions },
    [
      ["GET", "clusters", "getAllClusters", list],
      ["GET", "clusters/:clusterName", "getCluster", showOne],
    ],
  )
}
