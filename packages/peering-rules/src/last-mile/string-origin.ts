import type { Cluster } from "@peering-desk/shared-schemas"
import type { StringName } from "./choose-connection-string.ts"
import { parseConnectionString, type StringParts } from "./connection-string-parts.ts"

/** Where a string of a project comes from. */
export interface StringOrigin {
  cluster: Cluster
  name: StringName | "privateEndpoint"
  /**
   * `listed`: Atlas lists its host. `unlisted-private`: the private name of a listed host. `legacy`: the name that a listed host had
   * before March 2020, if the cluster is that old.
   */
  form: "listed" | "unlisted-private" | "legacy"
}

const names = ["standardSrv", "standard", "privateSrv", "private"] as const

/** Finds the cluster that has one of the hosts, and in which of its strings. */
export function findOrigin({ hosts }: StringParts, clusters: readonly Cluster[]): StringOrigin | null {
  return (
    findListed(hosts, clusters) ??
    toOrigin("unlisted-private", findListed(hosts.flatMap(toPublicHost), clusters)) ??
    toOrigin("legacy", findListed(hosts.flatMap(toModernHosts), clusters))
  )
}

function findListed(hosts: readonly string[], clusters: readonly Cluster[]): StringOrigin | null {
  for (const cluster of clusters) {
    const { privateEndpoint, ...strings } = cluster.connectionStrings
    for (const name of names) if (hasHost(strings[name], hosts)) return { cluster, name, form: "listed" }
    const endpoints = (privateEndpoint ?? []).flatMap((one) => [
      one.srvConnectionString,
      one.connectionString,
    ])
    if (endpoints.some((one) => hasHost(one, hosts)))
      return { cluster, name: "privateEndpoint", form: "listed" }
  }
  return null
}

const privateNames = { standardSrv: "privateSrv", standard: "private" } as const

function toOrigin(form: "unlisted-private" | "legacy", found: StringOrigin | null): StringOrigin | null {
  if (found === null || (found.name !== "standardSrv" && found.name !== "standard")) return null
  return { ...found, form, name: form === "legacy" ? found.name : privateNames[found.name] }
}

function hasHost(value: string | null | undefined, hosts: readonly string[]): boolean {
  const own = parseConnectionString(value ?? "")?.hosts ?? []
  return hosts.some((host) => own.includes(host))
}

/** Turns `ledger-pri.k3v9x.mongodb.net` into `ledger.k3v9x.mongodb.net`. */
function toPublicHost(host: string): string[] {
  const found = /^([^.]+)-pri(\..+)$/.exec(host)
  return found === null ? [] : [`${found[1] ?? ""}${found[2] ?? ""}`]
}

/** Matches `ledger-k3v9x.mongodb.net`, with the cloud besides on Azure and Google Cloud. A name of today has one more dot. */
const legacyHost = /^([^.]+)-([a-z0-9]+)(\.azure|\.gcp)?(\.mongodb(?:gov)?\.net)$/

/** Lists the names of today that a legacy host can have: its last hyphen became a dot. */
function toModernHosts(host: string): string[] {
  const [, cluster = "", group = "", cloud = "", domain = ""] = legacyHost.exec(host) ?? []
  if (cluster === "") return []
  return [...new Set([`${cluster}.${group}${cloud}${domain}`, `${cluster}.${group}${domain}`])]
}

export const isLegacyHost = (host: string): boolean => legacyHost.test(host)

/** Matches a private endpoint's name: `pl-0-us-east-1a.…`, `ledger-pl-0-us-west-1.…`, `ledger-pl-0-lb.…`. */
export const isEndpointHost = (host: string): boolean => /^(?:[^.]*-)?pl-\d+(?:-[^.]*)?\./.test(host)

export const isAtlasHost = (host: string): boolean => /\.mongodb(?:gov)?\.net$/.test(host)
