import {
  readStatus,
  type AtlasPeer,
  type ConnectionStrings,
  type Container,
  type ProjectSetting,
} from "@peering-desk/shared-schemas"
import { compact } from "#formats/compact.ts"
import { nameSome } from "#formats/phrases.ts"
import { isCrossRegion } from "#runbook/aws.ts"
import type { ClusterBehind } from "./clusters-behind.ts"

/** The field of Atlas's answer that a string comes from. */
export type StringName = "standard" | "standardSrv" | "private" | "privateSrv"

/** The string that applications use over a peering, or why there is none yet. */
export type StringChoice =
  | {
      kind: "ready"
      name: StringName
      value: string
      why: string
      /** The string that is often used by mistake, and what goes wrong with it. */
      wrong: { name: StringName; why: string }
      warnings: readonly string[]
    }
  | {
      kind: "not-ready"
      why: string
      /** What makes it ready. */
      next: string
    }

/** A peering and what is known around it. */
export interface StringContext {
  peer: AtlasPeer
  container: Container | null
  /** The project's custom DNS on AWS; null when it is not known. */
  customDns: ProjectSetting | null
}

/** Chooses the connection string of a cluster that uses the peering (Atlas: Connection String Options; AWS Clusters DNS). */
export function chooseConnectionString(context: StringContext, behind: ClusterBehind): StringChoice {
  const { peer } = context
  const { cluster } = behind
  const status = readStatus(peer)
  if (cluster.stateName === "CREATING")
    return notReady("Atlas is creating the cluster.", "Its connection strings follow when it is IDLE.")
  if (cluster.stateName === "DELETING")
    return notReady("Atlas is deleting the cluster.", "Choose another one.")
  if (status !== "AVAILABLE")
    return notReady(
      `The connection is ${status ?? "in no known status"}.`,
      "No traffic uses the peering before it is AVAILABLE.",
    )
  return peer.providerName === "AWS" ? chooseOnAws(context, behind) : chooseElsewhere(behind)
}

function notReady(why: string, next: string): StringChoice {
  return { kind: "not-ready", why, next }
}

function chooseOnAws({ peer, container, customDns }: StringContext, behind: ClusterBehind): StringChoice {
  const strings = behind.cluster.connectionStrings
  const hidden = customDns?.enabled === false ? null : findPrivate(strings)
  const warnings = listWarnings(behind)
  if (hidden !== null)
    return {
      kind: "ready",
      ...hidden,
      why: "Custom DNS is enabled, so this name resolves to private addresses through any DNS server.",
      wrong: {
        name: "standardSrv",
        why: "standardSrv resolves to private addresses only through the VPC's own resolver.",
      },
      warnings,
    }
  const shown = findStandard(strings)
  if (shown === null)
    return notReady("Atlas has no connection string of this cluster yet.", "Check again soon.")
  return {
    kind: "ready",
    ...shown,
    why: "From inside the VPC, the VPC's own resolver resolves this name to private addresses.",
    wrong: {
      name: shown.name,
      why: "With your own DNS servers this name resolves to public addresses. Enable custom DNS and use privateSrv.",
    },
    warnings: compact([
      customDns === null && "Custom DNS of the project could not be read.",
      customDns?.enabled === true && "Custom DNS is enabled, but Atlas has no private string yet.",
      peer.providerName === "AWS" &&
        isCrossRegion(peer, container) &&
        "The VPC is in another region. Test there that the name resolves to private addresses.",
      ...warnings,
    ]),
  }
}

function chooseElsewhere(behind: ClusterBehind): StringChoice {
  const hidden = findPrivate(behind.cluster.connectionStrings)
  if (hidden === null)
    return notReady(
      "Atlas has no private connection string of this cluster yet.",
      "It follows once the connection is AVAILABLE. The standard string would bypass the peering.",
    )
  return {
    kind: "ready",
    ...hidden,
    why: "Its hostnames resolve to private addresses, which the peering reaches.",
    wrong: {
      name: "standardSrv",
      why: "standardSrv resolves to public addresses, so traffic bypasses the peering.",
    },
    warnings: listWarnings(behind),
  }
}

type Named = { name: StringName; value: string }

function findPrivate({ private: plain, privateSrv }: ConnectionStrings): Named | null {
  if (privateSrv) return { name: "privateSrv", value: privateSrv }
  return plain ? { name: "private", value: plain } : null
}

function findStandard({ standard, standardSrv }: ConnectionStrings): Named | null {
  if (standardSrv) return { name: "standardSrv", value: standardSrv }
  return standard ? { name: "standard", value: standard } : null
}

function listWarnings({ cluster, outside }: ClusterBehind): string[] {
  return compact([
    cluster.paused === true && "The cluster is paused. Resume it before you connect.",
    outside.length > 0 &&
      `${nameSome(outside)} can't be reached over this connection. Applications must reach every region: each needs its own connection, or a private endpoint.`,
  ])
}
