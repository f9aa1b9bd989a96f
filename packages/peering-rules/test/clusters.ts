import type { Cluster } from "@peering-desk/shared-schemas"

/** Connection strings as Atlas forms them; the private ones are absent on AWS without custom DNS. */
export const standardStrings = {
  standard:
    "mongodb://ledger-shard-00-00.k3v9x.mongodb.net:27017,ledger-shard-00-01.k3v9x.mongodb.net:27017/?ssl=true&replicaSet=atlas-a1b2-shard-0",
  standardSrv: "mongodb+srv://ledger.k3v9x.mongodb.net",
}

export const privateStrings = {
  private:
    "mongodb://ledger-shard-00-00-pri.k3v9x.mongodb.net:27017,ledger-shard-00-01-pri.k3v9x.mongodb.net:27017/?ssl=true&replicaSet=atlas-a1b2-shard-0",
  privateSrv: "mongodb+srv://ledger-pri.k3v9x.mongodb.net",
}

/** Builds a cluster that runs in one region. */
export function createCluster(
  providerName: string,
  regionName: string,
  changes: Partial<Cluster> = {},
): Cluster {
  return {
    id: "6b05aa2477c1e9a04b52d701",
    name: "ledger",
    stateName: "IDLE",
    paused: false,
    isDedicated: true,
    regions: [{ providerName, regionName }],
    connectionStrings: { ...standardStrings, ...privateStrings },
    ...changes,
  }
}
