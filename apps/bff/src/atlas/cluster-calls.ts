import { CustomDns, readCluster, type Cluster } from "@peering-desk/shared-schemas"
import { readAnswered, type Answered } from "./atlas-answers.ts"
import type { CallDeps } from "./call-deps.ts"

export interface ClusterCalls {
  /** Lists the clusters of all clouds with their connection strings, which must not be logged. */
  listClusters(projectId: string): Promise<Cluster[]>
  /** Reads whether clusters on AWS have names for the project's own DNS servers. */
  readAwsCustomDns(projectId: string): Promise<CustomDns>
  changeAwsCustomDns(projectId: string, enabled: boolean): Promise<Answered<CustomDns>>
}

/** Builds the calls about clusters and their names (Atlas: Clusters; AWS Clusters DNS). */
export function createClusterCalls({ call, listAll, paths, logger }: CallDeps): ClusterCalls {
  const readSetting = (body: unknown) => CustomDns.safeParse(body).data ?? null
  return {
    async listClusters(projectId) {
      const listed = await listAll(paths.clusters(projectId), {}, paths.clustersMediaType)
      const clusters = listed.flatMap((raw) => readCluster(raw) ?? [])
      const skipped = listed.length - clusters.length
      if (skipped > 0) logger.warn({ projectId, skipped }, "Atlas listed clusters that cannot be read")
      return clusters
    },
    readAwsCustomDns: (projectId) => call({ path: paths.awsCustomDns(projectId), read: readSetting }),
    changeAwsCustomDns: (projectId, enabled) =>
      call({
        path: paths.awsCustomDns(projectId),
        change: { method: "PATCH", body: { enabled } },
        read: readAnswered(readSetting),
      }),
  }
}
