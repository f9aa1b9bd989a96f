import { atlasAzureApplicationId, toAtlasRole, toVnetScope, type AzureNetwork } from "./azure-permission.ts"
import { readLooseJson } from "#formats/loose-json.ts"
import type { Reading } from "./read-outcome.ts"
import { toObject } from "#formats/unknown-json.ts"

/**
 * Reads what `az role assignment list --output=json` printed: whether Atlas may peer with this VNet. Azure compares scopes and names
 * without regard to case, and a scope covers all below it.
 */
export function readRoleAssignments(text: string, network: AzureNetwork): Reading {
  const listed = readList(text)
  if (listed === null)
    return {
      verdict: "unreadable",
      says: "This is not the whole JSON of az role assignment list.",
      next: "Run it with --output=json and paste all that it printed.",
    }
  const named = listed.filter(({ principalName }) => principalName.toLowerCase() === atlasAzureApplicationId)
  const atlas = named.length === 0 && isOfOneUnnamed(listed) ? listed : named
  const wanted = toVnetScope(network)
  if (atlas.length === 0)
    return {
      verdict: "not-yet",
      says:
        listed.length === 0
          ? "It lists no role assignment."
          : `It lists ${listed.length}, and none of them is known to be of Atlas's application.`,
      next: "Give the role to Atlas on the VNet, wait 20 seconds, and list again with the command above.",
    }
  const covering = atlas.filter(({ scope }) => isWithinScope(wanted, scope))
  if (covering.length === 0)
    return {
      verdict: "not-yet",
      says: `Atlas's application has a role, but on ${atlas[0]?.scope}, which is not this VNet.`,
      next: `Give it on ${wanted}.`,
    }
  if (!covering.some(({ roleDefinitionName }) => mayPeer(roleDefinitionName, network)))
    return {
      verdict: "not-yet",
      says: `Atlas's application has the role ${covering[0]?.roleDefinitionName} there, which may lack the right to peer.`,
      next: "Give it the AtlasPeering role of this VNet, or Network Contributor.",
    }
  return {
    verdict: "works",
    says:
      named.length > 0
        ? "Atlas may peer with this VNet."
        : `Atlas may peer with this VNet, if the list was asked for with --assignee=${atlasAzureApplicationId}: it does not name the application.`,
    next: null,
  }
}

type Assignment = ReturnType<typeof toAssignment>

function toAssignment(one: unknown) {
  const textOf = (name: string) => {
    const value = toObject(one)[name]
    return typeof value === "string" ? value : ""
  }
  return {
    principalId: textOf("principalId"),
    principalName: textOf("principalName"),
    principalType: textOf("principalType"),
    roleDefinitionName: textOf("roleDefinitionName"),
    scope: textOf("scope"),
  }
}

/** Takes the list out of what a terminal writes around it, where a prompt may have a bracket too; null when its end is missing. */
function readList(text: string): Assignment[] | null {
  const start = text.search(/\[\s*[{\]]/)
  const read = start < 0 ? null : readLooseJson(text.slice(start))
  return read !== null && read.mended.length === 0 && Array.isArray(read.value)
    ? read.value.map(toAssignment)
    : null
}

/**
 * Whether all are of one application that az could not name: without rights in the directory it names none, and with them it takes
 * the first of the application's names, which may be an address. The command asks for Atlas's application and no other.
 */
function isOfOneUnnamed(listed: readonly Assignment[]): boolean {
  return listed.every(
    ({ principalId, principalName, principalType }) =>
      principalId === listed[0]?.principalId &&
      (principalType === "ServicePrincipal" || (principalType === "" && /^$|:\/\//.test(principalName))) &&
      !/^[0-9a-f-]{36}$|@/i.test(principalName),
  )
}

/** Roles that hold the four rights: the one that the steps here make, and Azure's own that include them. */
function mayPeer(role: string, network: AzureNetwork): boolean {
  const enough = [toAtlasRole(network).Name, "Network Contributor", "Contributor", "Owner"]
  return enough.some((name) => name.toLowerCase() === role.toLowerCase())
}

function isWithinScope(wanted: string, scope: string): boolean {
  const inner = wanted.toLowerCase()
  const outer = scope.toLowerCase().replace(/\/+$/, "")
  return outer === "" ? scope === "/" : inner === outer || inner.startsWith(`${outer}/`)
}
