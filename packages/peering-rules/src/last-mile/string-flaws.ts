import { notYet, type Reading } from "#runbook/read-outcome.ts"
import { parseConnectionString, type StringParts } from "./connection-string-parts.ts"
import type { StringOrigin } from "./string-origin.ts"

const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/

/** Finds what no driver or no cluster accepts, wherever the string leads (MongoDB: URI options, initial DNS seed list). */
export function findFlaw(parts: StringParts): Reading | null {
  return findHostFlaw(parts) ?? findOptionFlaw(parts)
}

function findHostFlaw({ isSrv, hosts, ports }: StringParts): Reading | null {
  if (hosts.some((host) => ipv4.test(host) || host.includes("[")))
    return notYet(
      "It has an IP address, for which no certificate is valid: TLS fails.",
      "Use the hostnames of the cluster's connection string.",
    )
  if (isSrv && (ports.length > 0 || hosts.length > 1))
    return notYet("mongodb+srv:// takes one name without a port.", "Copy the connection string as it is.")
  return null
}

function findOptionFlaw(parts: StringParts): Reading | null {
  const { isSrv, hosts, options } = parts
  if (options.get("tls") === "false" || options.get("ssl") === "false")
    return notYet("It switches TLS off, which Atlas requires.", "Remove tls=false or ssl=false.")
  const refused = findRefusedValue(parts) ?? findRefusedTopology(parts)
  if (refused !== null) return notYet(`Drivers refuse ${refused}.`, "Copy the connection string as it is.")
  if (isDirect(options) && (isSrv || hosts.length > 1))
    return notYet(
      isSrv
        ? "Drivers refuse directConnection=true in a mongodb+srv:// string."
        : "Drivers refuse directConnection=true with several hosts.",
      "Remove directConnection=true.",
    )
  return null
}

/** Options with the value true or false, by their names in lower case. */
const switches = new Map([
  ["tls", "tls"],
  ["ssl", "ssl"],
  ["directconnection", "directConnection"],
  ["loadbalanced", "loadBalanced"],
])
const ofSrv = new Map([
  ["srvmaxhosts", "srvMaxHosts"],
  ["srvservicename", "srvServiceName"],
])

/** Names an option that drivers refuse by its value or its scheme. */
function findRefusedValue({ isSrv, options }: StringParts): string | null {
  for (const [name, value] of options) {
    const [own, srvOnly] = [switches.get(name), ofSrv.get(name)]
    if (own !== undefined && value !== "true" && value !== "false")
      return `${own}=${value}, which is neither true nor false`
    if (srvOnly !== undefined && !isSrv) return `${srvOnly} in a mongodb:// string`
  }
  return null
}

/** Names a replica set or a load balancer that drivers refuse, also for the hosts and options beside it. */
function findRefusedTopology({ hosts, options }: StringParts): string | null {
  const named = options.get("replicaset")
  if (named === "") return "replicaSet without a name"
  const isBalanced = options.get("loadbalanced") === "true"
  if (isBalanced && (named !== undefined || hosts.length > 1 || isDirect(options)))
    return "loadBalanced=true beside several hosts, replicaSet or directConnection"
  return null
}

const isDirect = (options: StringParts["options"]) => options.get("directconnection") === "true"

/** Compares a string with Atlas's own string of its cluster. Returns null when it has nothing that Atlas's does not have. */
export function checkOwnParts(
  parts: StringParts,
  { cluster, name }: Pick<StringOrigin, "cluster" | "name">,
): Reading | null {
  return checkScheme(parts, name) ?? checkOptions(parts, cluster) ?? checkHosts(parts, cluster, name)
}

/** Refuses the wrong scheme: the name of an SRV string has no address, and the hosts of a plain one have no SRV records. */
function checkScheme({ isSrv }: StringParts, name: StringOrigin["name"]): Reading | null {
  const isOfSrv = name.endsWith("Srv")
  if (isSrv === isOfSrv) return null
  return isOfSrv
    ? notYet("This name has no address, only SRV records.", "Begin the string with mongodb+srv://.")
    : notYet("This host has no SRV records.", "Use the name that follows mongodb+srv:// in Atlas's string.")
}

function checkOptions(
  { options }: StringParts,
  { connectionStrings }: StringOrigin["cluster"],
): Reading | null {
  if (options.get("loadbalanced") === "true")
    return notYet(
      "It has loadBalanced=true, and there is no load balancer on the way of a peering.",
      "Remove loadBalanced=true.",
    )
  const { standard, private: hidden } = connectionStrings
  const own = parseConnectionString(standard ?? hidden ?? "")?.options.get("replicaset")
  const named = options.get("replicaset")
  if (own === undefined || named === undefined || named === own) return null
  return notYet(
    `It names the replica set ${named}, but the cluster's is ${own}.`,
    "Remove replicaSet, or copy the connection string as it is.",
  )
}

function checkHosts(
  { isSrv, ends, options }: StringParts,
  { name: clusterName, connectionStrings }: StringOrigin["cluster"],
  name: StringOrigin["name"],
): Reading | null {
  if (isSrv || name === "privateEndpoint") return null
  const own = parseConnectionString(connectionStrings[name] ?? "")?.ends ?? []
  const wrongPort = findWrongPort(ends, own)
  if (wrongPort !== null) return wrongPort
  const foreign = ends.find(({ host }) => own.length > 0 && own.every((one) => one.host !== host))
  if (foreign !== undefined)
    return cannotTell(
      `${foreign.host} isn't among the hosts of this string of ${clusterName}.`,
      "Copy the connection string as it is.",
    )
  return checkPlainOptions(options)
}

function findWrongPort(ends: StringParts["ends"], own: StringParts["ends"]): Reading | null {
  for (const { host, port } of ends) {
    const ports = own.filter((one) => one.host === host).map((one) => one.port)
    const [ownPort] = ports
    if (ownPort !== undefined && !ports.includes(port))
      return notYet(`In Atlas's string ${host} has port ${ownPort}, not ${port}.`, `Use port ${ownPort}.`)
  }
  return null
}

/** Checks for TLS, which only an SRV string switches on by itself, and for a connection to one node. */
function checkPlainOptions(options: StringParts["options"]): Reading | null {
  if (options.get("tls") !== "true" && options.get("ssl") !== "true")
    return cannotTell(
      "without tls=true it connects without TLS, unless the application switches it on.",
      "Add tls=true, since Atlas requires TLS.",
    )
  if (isDirect(options))
    return cannotTell(
      "directConnection=true connects to this one node only, which may not be the primary.",
      "Remove directConnection=true, unless you mean this node.",
    )
  return null
}

/** Says what decides, which isn't known here. */
export function cannotTell(says: string, next: string): Reading {
  return { verdict: "cannot-be-told", says: `Can't tell: ${says}`, next }
}
