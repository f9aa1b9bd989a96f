import type { Cluster } from "@peering-desk/shared-schemas"
import { notYet, type Reading } from "#runbook/read-outcome.ts"
import { chooseConnectionString, type StringContext, type StringName } from "./choose-connection-string.ts"
import { explainElsewhere, listClustersBehind } from "./clusters-behind.ts"
import { parseConnectionString, type StringParts } from "./connection-string-parts.ts"

/** Where a string of a project comes from. */
type Origin = { cluster: Cluster; name: StringName | "privateEndpoint" }

/** Explains whether a pasted connection string uses a peering, and which one does. */
export function explainConnectionString(
  text: string,
  context: StringContext,
  clusters: readonly Cluster[],
): Reading {
  const parts = parseConnectionString(text)
  if (parts === null)
    return {
      verdict: "unreadable",
      says: "This isn't a connection string.",
      next: "It begins with mongodb+srv:// or mongodb://.",
    }
  const flaw = findFlaw(parts)
  if (flaw !== null) return flaw
  const origin = findOrigin(parts, clusters)
  return origin === null ? explainStranger(parts) : explainOrigin(parts, origin, context, clusters)
}

const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/

/** Finds what no cluster would accept, wherever the string leads. */
function findFlaw({ isSrv, hosts, ports, options }: StringParts): Reading | null {
  if (hosts.some((host) => ipv4.test(host) || host.includes("[")))
    return notYet(
      "It has an IP address, for which no certificate is valid: TLS fails.",
      "Use the hostnames of the cluster's connection string.",
    )
  if (isSrv && (ports.length > 0 || hosts.length > 1))
    return notYet("mongodb+srv:// takes one name without a port.", "Copy the connection string as it is.")
  if (options.get("tls") === "false" || options.get("ssl") === "false")
    return notYet("It switches TLS off, which Atlas requires.", "Remove tls=false or ssl=false.")
  return null
}

/** Finds the cluster that has one of the hosts, and in which of its strings. */
function findOrigin({ hosts }: StringParts, clusters: readonly Cluster[]): Origin | null {
  for (const cluster of clusters) {
    const { privateEndpoint, ...strings } = cluster.connectionStrings
    for (const name of ["standardSrv", "standard", "privateSrv", "private"] as const)
      if (hasHost(strings[name], hosts)) return { cluster, name }
    const endpoints = (privateEndpoint ?? []).flatMap((one) => [
      one.srvConnectionString,
      one.connectionString,
    ])
    if (endpoints.some((one) => hasHost(one, hosts))) return { cluster, name: "privateEndpoint" }
  }
  return null
}

function hasHost(value: string | null | undefined, hosts: readonly string[]): boolean {
  const own = parseConnectionString(value ?? "")?.hosts ?? []
  return hosts.some((host) => own.includes(host))
}

function explainStranger({ hosts }: StringParts): Reading {
  if (hosts.some(isOfEndpoint)) return ofEndpoint
  if (!hosts.some((host) => host.endsWith(".mongodb.net")))
    return notYet("Its host isn't a cluster in Atlas.", "Atlas's hostnames end in mongodb.net.")
  return notYet(
    "No cluster of this project has this host.",
    "Check the project. A new cluster, or a string that Atlas has just added, can take a minute to appear here.",
  )
}

const ofEndpoint = notYet(
  "This string is for a private endpoint, which is another way than this peering.",
  "Use it only from the endpoint's network. For the peering, use the string above.",
)

function isOfEndpoint(host: string): boolean {
  return /-pl-\d/.test(host)
}

function explainOrigin(
  parts: StringParts,
  { cluster, name }: Origin,
  context: StringContext,
  clusters: readonly Cluster[],
): Reading {
  if (name === "privateEndpoint") return ofEndpoint
  const behind = listClustersBehind(context.peer, context.container, clusters).find(
    (one) => one.cluster === cluster,
  )
  if (behind === undefined)
    return notYet(
      `It leads to ${cluster.name}, which isn't behind this connection.`,
      context.container === null ? "The connection's container isn't known." : explainElsewhere(cluster),
    )
  const schemed = checkScheme(parts, name)
  if (schemed !== null) return schemed
  const choice = chooseConnectionString(context, behind)
  if (choice.kind === "not-ready") return notYet(choice.why, choice.next)
  if (isPrivate(name) === isPrivate(choice.name))
    return {
      verdict: "works",
      says: `This is the right string for ${cluster.name} over this connection.`,
      next: choice.warnings[0] ?? choice.why,
    }
  if (!isPrivate(name)) return notYet(choice.wrong.why, `Use ${choice.name}: ${choice.value}`)
  return notYet(
    "Hostnames with -pri work on AWS only while custom DNS is enabled.",
    `Use ${choice.name}: ${choice.value}`,
  )
}

function isPrivate(name: StringName): boolean {
  return name === "private" || name === "privateSrv"
}

/** Refuses the wrong scheme: the name of an SRV string has no address, and the hosts of a plain one have no SRV records. */
function checkScheme({ isSrv }: StringParts, name: StringName): Reading | null {
  const isOfSrv = name.endsWith("Srv")
  if (isSrv === isOfSrv) return null
  return isOfSrv
    ? notYet("This name has no address, only SRV records.", "Begin the string with mongodb+srv://.")
    : notYet("This host has no SRV records.", "Use the name that follows mongodb+srv:// in Atlas's string.")
}
