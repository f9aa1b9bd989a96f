import { isDedicated } from "#world/clusters.ts"
import { derive } from "#world/identifiers.ts"
import type { Cluster, Project } from "#world/world.ts"
import { toConnectionStrings } from "./connection-strings.ts"
import { toIsoSeconds } from "./groups.ts"
import type { Json } from "./json.ts"

const latestVersion = "2024-08-05"
/** The first version that lists the regions of a cluster, each with its cloud. */
export const versionWithRegionList = "2023-02-01"

const zoneName = "Zone 1"
const noNodes = { analyticsNodes: 0, readOnlyNodes: 0 }
const priorityAt = (index: number) => 7 - index
const countNodes = (cluster: Cluster) => cluster.regions.reduce((sum, { nodes }) => sum + nodes, 0)

/**
 * Writes a cluster in the form of a dated version; null means v1.0, whose form the first dated version has too. Shared
 * tiers name `TENANT` and the cloud behind it.
 */
export function toClusterJson(
  project: Project,
  cluster: Cluster,
  date: string | null,
  baseUrl: string,
): Json {
  const { id, name, clusterType, stateName, paused } = cluster
  const connectionStrings = toConnectionStrings(project, cluster)
  const href = `${baseUrl}/groups/${project.id}/clusters/${name}`
  return {
    backupEnabled: false,
    biConnector: { enabled: false, readPreference: "secondary" },
    clusterType,
    connectionStrings,
    createDate: toIsoSeconds(cluster.createdAt),
    ...(date === null ? toOlderStrings(cluster, connectionStrings) : { diskWarmingMode: "FULLY_WARMED" }),
    encryptionAtRestProvider: "NONE",
    groupId: project.id,
    id,
    labels: [],
    links: [{ href, rel: "self" }],
    mongoDBMajorVersion: "8.0",
    mongoDBVersion: "8.0.29",
    name,
    paused,
    pitEnabled: false,
    rootCertType: "ISRGROOTX1",
    stateName,
    tags: [],
    terminationProtectionEnabled: false,
    versionReleaseSystem: "LTS",
    ...(date !== null && date >= versionWithRegionList
      ? toDatedFields(cluster, date)
      : toOldestFields(cluster, connectionStrings)),
  }
}

/** v1.0 has the standard string twice more, with and without its options. */
function toOlderStrings(cluster: Cluster, strings: Record<string, Json>): Record<string, Json> {
  const { standard } = strings
  if (typeof standard !== "string") return {}
  return {
    mongoURI: standard.replace(/\/\?.*/, ""),
    mongoURIUpdated: toIsoSeconds(cluster.createdAt),
    mongoURIWithOptions: standard,
  }
}

/** Names the cloud of a region, or `TENANT` and the cloud behind it. */
function toCloud(cluster: Cluster, providerName: string): Record<string, string> {
  return isDedicated(cluster)
    ? { providerName }
    : { providerName: "TENANT", backingProviderName: providerName }
}

/** v1.0 and 2023-01-01: one cloud for a cluster, its regions as keys of an object. */
function toOldestFields(cluster: Cluster, strings: Record<string, Json>): Record<string, Json> {
  const regionsConfig = Object.fromEntries(
    cluster.regions.map(({ regionName, nodes }, index) => [
      regionName,
      { ...noNodes, electableNodes: nodes, priority: priorityAt(index) },
    ]),
  )
  const { providerName = "", regionName = "" } = cluster.regions[0] ?? {}
  const srvAddress = strings["standardSrv"] ?? null
  return {
    autoScaling: { compute: { enabled: false, scaleDownEnabled: false }, diskGBEnabled: false },
    diskSizeGB: 10,
    numShards: 1,
    providerBackupEnabled: false,
    providerSettings: {
      ...toCloud(cluster, providerName),
      instanceSizeName: cluster.instanceSize,
      regionName,
    },
    replicationFactor: countNodes(cluster),
    replicationSpec: regionsConfig,
    replicationSpecs: [{ id: toSpecId(cluster), numShards: 1, regionsConfig, zoneName }],
    ...(srvAddress === null ? {} : { srvAddress }),
  }
}

/** Later versions: a list of regions, each with its cloud. 2024-08-05 has one entry a shard and no count of shards. */
function toDatedFields(cluster: Cluster, date: string): Record<string, Json> {
  const isLatest = date === latestVersion
  const specs = (nodeCount: number): Json => ({
    instanceSize: cluster.instanceSize,
    nodeCount,
    ...(isLatest && isDedicated(cluster) ? { diskSizeGB: 10 } : {}),
  })
  const regionConfigs = cluster.regions.map(({ providerName, regionName, nodes }, index) => ({
    ...toCloud(cluster, providerName),
    regionName,
    priority: priorityAt(index),
    electableSpecs: specs(nodes),
    ...(isDedicated(cluster) ? { analyticsSpecs: specs(0), readOnlySpecs: specs(0) } : {}),
  }))
  const ids = { id: toSpecId(cluster), zoneId: derive(`${cluster.id}/zone`, 24) }
  return {
    globalClusterSelfManagedSharding: false,
    replicationSpecs: [{ ...ids, ...(isLatest ? {} : { numShards: 1 }), regionConfigs, zoneName }],
    ...(isLatest ? { redactClientLogData: false } : { diskSizeGB: 10 }),
  }
}

const toSpecId = (cluster: Cluster) => derive(`${cluster.id}/spec`, 24)
