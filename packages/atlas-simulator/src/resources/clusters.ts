import type { Cluster } from "#world/world.ts"
import { toClusterJson, versionWithRegionList } from "./cluster-answer.ts"
import type { DatedVersion, Endpoint, ProjectCall } from "./endpoint.ts"
import { buildProjectEndpoints } from "./endpoint.ts"
import { toPage } from "./paging.ts"

const sunset = "Thu, 1 Jul 2027 00:00:00 GMT"
const versions: readonly DatedVersion[] = [
  { date: "2023-01-01", deprecation: "Wed, 1 Feb 2023 00:00:00 GMT", sunset },
  { date: "2023-02-01", deprecation: "Mon, 5 Aug 2024 00:00:00 GMT", sunset },
  { date: "2024-08-05" },
]

/** v1.0 and the oldest dated version have room for one cloud only, and leave out clusters on several. */
function listIn({ project, dated }: ProjectCall): Cluster[] {
  if (dated !== null && dated.date >= versionWithRegionList) return project.clusters
  return project.clusters.filter(({ regions }) => new Set(regions.map((one) => one.providerName)).size <= 1)
}

/** Creates the endpoint that lists a project's clusters. */
export function createClusterEndpoints(): Endpoint[] {
  const list = (call: ProjectCall) => {
    const { project, dated, baseUrl } = call
    const page = toPage(call, listIn(call), (cluster) =>
      toClusterJson(project, cluster, dated?.date ?? null, baseUrl),
    )
    return { status: 200, body: page }
  }
  return buildProjectEndpoints(
    { javaResource: "ApiAtlasClusterDescriptionResource20240805", limit: "clusters", versions },
    [["GET", "clusters", "getAllClusters", list]],
  )
}
