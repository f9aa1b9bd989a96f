import { atlasAzureApplicationId, toVnetScope, type AzureNetwork } from "./azure-permission.ts"
import type { Reading } from "./read-outcome.ts"

/**
 * Reads what `az role assignment list --output=json` printed: whether Atlas may peer with this VNet. Azure compares scopes and names
 * without regard to case, and a scope covers all below it.
 */
export function readRoleAssignments(text: string, network: AzureNetwork): Reading {
  const listed = parseList(text)
  if (listed === null)
    return {
      verdict: "unreadable",
      says: "This is not the JSON of az role assignment list.",
      next: "Run it with --output=json and paste all that it printed.",
    }
  const atlas = listed.filter((one) => textOf(one, "principalName").toLowerCase() === atlasAzureApplicationId)
  const wanted = toVnetScope(network)
  if (atlas.length === 0)
    return {
      verdict: "not-yet",
      says:
        listed.length === 0
          ? "It lists no role assignment."
          : `It lists ${listed.length}, and none of them is of Atlas's application.`,
      next: "Give the role to Atlas on the VNet, wait 20 seconds, and list again with the scope of this VNet.",
    }
  const covering = atlas.filter((one) => isWithinScope(wanted, textOf(one, "scope")))
  if (covering.length === 0)
    return {
      verdict: "not-yet",
      says: `Atlas's application has a role, but on ${textOf(atlas[0], "scope")}, which is not this VNet.`,
      next: `Give it on ${wanted}.`,
    }
  const role = covering.map((one) => textOf(one, "roleDefinitionName"))
  if (!role.some(mayPeer))
    return {
      verdict: "not-yet",
      says: `Atlas's application has the role ${role[0] ?? ""} there, which may lack the right to peer.`,
      next: "Give it the AtlasPeering role of this VNet, or Network Contributor.",
    }
  return { verdict: "works", says: "Atlas may peer with this VNet.", next: null }
}

/** Roles that hold the four rights: the one that the steps here make, and Azure's own that include them. */
function mayPeer(role: string): boolean {
  return /^AtlasPeering\//i.test(role) || ["Network Contributor", "Contributor", "Owner"].includes(role)
}

function isWithinScope(wanted: string, scope: string): boolean {
  const inner = wanted.toLowerCase()
  const outer = scope.toLowerCase().replace(/\/+$/, "")
  return outer === "" ? scope === "/" : inner === outer || inner.startsWith(`${outer}/`)
}

function parseList(text: string): unknown[] | null {
  try {
    const parsed: unknown = JSON.parse(text)
    return Array.isArray(parsed) ? parsed : null
  } catch {
    return null
  }
}

function textOf(of: unknown, name: string): string {
  const value: unknown = typeof of === "object" && of !== null ? Reflect.get(of, name) : undefined
  return typeof value === "string" ? value : ""
}
