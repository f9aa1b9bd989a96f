import * as z from "zod/mini"
import { lenientFlag, lenientText, type RawAnswer } from "./atlas-answer.ts"

/** Where some nodes of a cluster run, in Atlas's words: `AWS` and `US_EAST_1`. */
export const ClusterRegion = z.object({ providerName: z.string(), regionName: z.string() })
export type ClusterRegion = z.infer<typeof ClusterRegion>

const endpointText = z.object({ connectionString: lenientText, srvConnectionString: lenientText })

/** The connection strings of a cluster, each absent until Atlas has it. None contains a password. */
export const ConnectionStrings = z.object({
  standard: lenientText,
  standardSrv: lenientText,
  /** "Private IP for Peering"; on AWS only with custom DNS enabled. */
  private: lenientText,
  privateSrv: lenientText,
  privateEndpoint: z.catch(z.optional(z.nullable(z.array(endpointText))), null),
})
export type ConnectionStrings = z.infer<typeof ConnectionStrings>

/** A cluster of a project: what decides how applications reach it. */
export const Cluster = z.object({
  id: z.string(),
  name: z.string(),
  /** IDLE, CREATING, UPDATING, DELETING, REPAIRING, or a word we do not know. */
  stateName: lenientText,
  paused: lenientFlag,
  /** False for shared, flex and serverless ones, which can't be peered. */
  isDedicated: z.boolean(),
  /** Without repetitions; empty for clusters that are not dedicated. */
  regions: z.array(ClusterRegion),
  connectionStrings: ConnectionStrings,
})
export type Cluster = z.infer<typeof Cluster>

export const ClusterList = z.object({ clusters: z.array(Cluster) })
export type ClusterList = z.infer<typeof ClusterList>

/** The clouds of dedicated clusters. Shared, flex and serverless ones show TENANT, FLEX or SERVERLESS. */
const ofDedicated = ["AWS", "GCP", "AZURE"]

const text = z.string()
const place = z.object({ providerName: text, regionName: text })
/** v1.0 keys the regions of a replication spec by name, v2 lists them. */
const RawCluster = z.object({
  id: text,
  name: text,
  stateName: lenientText,
  paused: lenientFlag,
  providerSettings: z.catch(
    z.optional(z.object({ providerName: text, regionName: z.optional(z.nullable(text)) })),
    undefined,
  ),
  replicationSpecs: z.catch(
    z.optional(
      z.nullable(
        z.array(
          z.object({
            regionConfigs: z.catch(z.optional(z.array(place)), undefined),
            regionsConfig: z.catch(z.optional(z.record(z.string(), z.unknown())), undefined),
          }),
        ),
      ),
    ),
    undefined,
  ),
  connectionStrings: z.catch(ConnectionStrings, {}),
})

/** Reads a cluster as either version of Atlas's API describes it; null when it has no id or no name. */
export function readCluster(raw: RawAnswer): Cluster | null {
  const { data } = RawCluster.safeParse(raw)
  if (data === undefined) return null
  const { id, name, stateName, paused, connectionStrings, providerSettings, replicationSpecs } = data
  const regions = (replicationSpecs ?? []).flatMap(({ regionConfigs, regionsConfig }) => [
    ...(regionConfigs ?? []),
    ...Object.keys(regionsConfig ?? {}).map((regionName) => ({
      providerName: providerSettings?.providerName ?? "",
      regionName,
    })),
  ])
  if (regions.length === 0 && providerSettings?.regionName != null)
    regions.push({ providerName: providerSettings.providerName, regionName: providerSettings.regionName })
  const clouds = [providerSettings?.providerName ?? [], regions.map((region) => region.providerName)].flat()
  const isDedicated = clouds.every((cloud) => ofDedicated.includes(cloud))
  return {
    id,
    name,
    stateName,
    paused,
    isDedicated,
    regions: isDedicated ? withoutRepetitions(regions) : [],
    connectionStrings,
  }
}

function withoutRepetitions(regions: readonly ClusterRegion[]): ClusterRegion[] {
  const toKey = ({ providerName, regionName }: ClusterRegion) => `${providerName} ${regionName}`
  return [...new Map(regions.map((region) => [toKey(region), region])).values()]
}
