import type { Cluster } from "@peering-desk/shared-schemas"
import type { StringName } from "./choose-connection-string.ts"

/** Enough to notice a problem, and few enough for a quick test. */
const mostHosts = 3

/** Lists hosts with ports behind a connection string, for a test. Empty when only the name of SRV records is known. */
export function listTestHosts({ connectionStrings }: Cluster, name: StringName): string[] {
  const plain = name.startsWith("private") ? connectionStrings.private : connectionStrings.standard
  const [, hosts = ""] = /^mongodb:\/\/([^/?]+)/.exec(plain ?? "") ?? []
  return hosts
    .split(",")
    .filter((host) => host !== "")
    .slice(0, mostHosts)
}
