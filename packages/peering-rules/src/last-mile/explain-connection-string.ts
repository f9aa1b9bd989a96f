import type { Cluster } from "@peering-desk/shared-schemas"
import { notYet, unreadable, type Reading } from "#runbook/read-outcome.ts"
import { chooseConnectionString, type StringChoice, type StringContext } from "./choose-connection-string.ts"
import { explainElsewhere, listClustersBehind } from "./clusters-behind.ts"
import { parseConnectionString, type StringParts } from "./connection-string-parts.ts"
import { cannotTell, checkOwnParts, findFlaw } from "./string-flaws.ts"
import { findOrigin, isAtlasHost, isEndpointHost, isLegacyHost, type StringOrigin } from "./string-origin.ts"

/** Explains whether a pasted connection string uses a peering, and which one does. */
export function explainConnectionString(
  text: string,
  context: StringContext,
  clusters: readonly Cluster[],
): Reading {
  const parts = parseConnectionString(text)
  if (parts === null)
    return unreadable("This isn't a connection string.", "It begins with mongodb+srv:// or mongodb://.")
  const flaw = findFlaw(parts)
  if (flaw !== null) return flaw
  const origin = findOrigin(parts, clusters)
  return origin === null ? explainStranger(parts) : explainOrigin(parts, origin, context, clusters)
}

function explainStranger({ hosts }: StringParts): Reading {
  if (hosts.some(isEndpointHost)) return ofEndpoint
  if (!hosts.some(isAtlasHost))
    return notYet("Its host isn't a cluster in Atlas.", "Atlas's hostnames end in mongodb.net.")
  if (hosts.some(isLegacyHost))
    return cannotTell(
      "the name has the form from before March 2020, which Atlas doesn't list.",
      "Compare the part before its last hyphen with the names of the clusters, and use the string that Atlas shows today.",
    )
  return notYet(
    "No cluster of this project has this host.",
    "Check the project. A new cluster, or a string that Atlas has just added, can take a minute to appear here.",
  )
}

const ofEndpoint = notYet(
  "This string is for a private endpoint, which is another way than this peering.",
  "Use it only from the endpoint's network. For the peering, use the string above.",
)

function explainOrigin(
  parts: StringParts,
  origin: StringOrigin,
  context: StringContext,
  clusters: readonly Cluster[],
): Reading {
  const { cluster, name, form } = origin
  if (name === "privateEndpoint") return ofEndpoint
  const behind = listClustersBehind(context.peer, context.container, clusters).find(
    (one) => one.cluster === cluster,
  )
  if (behind === undefined) return explainOutside(cluster, context)
  const choice = chooseConnectionString(context, behind)
  if (form === "legacy") return explainLegacy(cluster, context, choice)
  const own = checkOwnParts(parts, { cluster, name })
  if (own !== null && own.verdict === "not-yet") return own
  if (choice.kind === "not-ready") return notYet(choice.why, choice.next)
  if (form === "unlisted-private") return explainUnlisted(cluster, context, choice)
  if (isPrivate(name) === isPrivate(choice.name))
    return (
      own ?? {
        verdict: "works",
        says: `This is the right string for ${cluster.name} over this connection.`,
        next: choice.warnings[0] ?? choice.why,
      }
    )
  const use = `${choice.name}: ${choice.value}`
  if (isPrivate(name))
    return notYet("Hostnames with -pri work on AWS only while custom DNS is enabled.", `Use ${use}`)
  if (context.peer.providerName !== "AWS") return notYet(choice.wrong.why, `Use ${use}`)
  return cannotTell(
    `${name} resolves to private addresses only through the VPC's own resolver.`,
    `It works where applications use that resolver. With your own DNS servers use ${use}`,
  )
}

type Ready = Extract<StringChoice, { kind: "ready" }>

function isPrivate(name: string): boolean {
  return name === "private" || name === "privateSrv"
}

function explainOutside(cluster: Cluster, { container }: StringContext): Reading {
  if (container === null)
    return cannotTell(
      `it leads to ${cluster.name}, and the connection's container couldn't be read.`,
      "Without it, the clusters behind this connection aren't known. Try again in a minute.",
    )
  if (cluster.isDedicated && cluster.regions.length === 0)
    return cannotTell(`it leads to ${cluster.name}.`, explainElsewhere(cluster))
  return notYet(`It leads to ${cluster.name}, which isn't behind this connection.`, explainElsewhere(cluster))
}

/** Atlas lists only the names of today, so nothing here shows whether a cluster has one of that time. */
function explainLegacy(cluster: Cluster, { peer }: StringContext, choice: StringChoice): Reading {
  if (choice.kind === "not-ready") return notYet(choice.why, choice.next)
  const privately =
    peer.providerName === "AWS"
      ? "If the name exists, only the VPC's own resolver resolves it to private addresses."
      : "Names of that time resolve to private addresses only in peering-only mode."
  return cannotTell(
    `this may be the string of ${cluster.name} from before March 2020.`,
    `${privately} Use ${choice.name}: ${choice.value}`,
  )
}

/** Explains a private name that Atlas doesn't list. */
function explainUnlisted(cluster: Cluster, { peer, customDns }: StringContext, choice: Ready): Reading {
  const use = `Use ${choice.name}: ${choice.value}`
  if (peer.providerName !== "AWS" || customDns?.enabled === true)
    return notYet(`Atlas doesn't list this private name of ${cluster.name} yet.`, use)
  if (customDns === null)
    return cannotTell(
      "hostnames with -pri work on AWS only while custom DNS is enabled, and that couldn't be read.",
      use,
    )
  return notYet("Hostnames with -pri work on AWS only while custom DNS is enabled.", use)
}
