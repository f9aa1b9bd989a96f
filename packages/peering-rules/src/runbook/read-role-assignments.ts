import { atlasAzureApplicationId, toAtlasRole, toVnetScope, type AzureNetwork } from "./azure-permission.ts"
import { parseLooseJson } from "#formats/loose-json.ts"
import { notYet, unreadable, works, type Reading } from "./read-outcome.ts"
import { toObject } from "#formats/unknown-json.ts"

/**
 * Reads from the output of `az role assignment list --output=json` if Atlas may peer with this VNet. Azure ignores case in
 * scopes and names, and a scope covers everything below it.
 */
export function readRoleAssignments(text: string, network: AzureNetwork): Reading {
  if (unknownApplication.test(text))
    return notYet(
      "Atlas's application has no service principal in this directory.",
      "Create the service principal, then the role and its assignment.",
    )
  const listed = readList(text)
  if (listed === null)
    return unreadable(
      "This isn't the complete JSON of az role assignment list.",
      "Run it with --output=json and paste the full output.",
    )
  const { named, assigned, atlas } = findAtlas(listed, network)
  if (atlas.length === 0) return explainNone(listed, text)
  const wanted = toVnetScope(network)
  const covering = atlas.filter(({ scope }) => isWithinScope(wanted, scope))
  const [first] = covering
  if (first === undefined)
    return notYet(`Atlas's role is on ${atlas[0]?.scope}, not on this VNet.`, `Assign it on ${wanted}.`)
  if (!covering.some(({ roleDefinitionName }) => mayPeer(roleDefinitionName, network)))
    return notYet(
      `Atlas's application has the role ${first.roleDefinitionName}, which may not allow peering.`,
      "Assign the AtlasPeering role of this VNet, or Network Contributor.",
    )
  if (named.length > 0) return works("Atlas can peer with this VNet.")
  return works(
    atlas === assigned
      ? `Atlas can peer with this VNet if ${toAtlasRole(network).Name} is assigned to its application. The output doesn't name applications.`
      : `Atlas can peer with this VNet if you listed with --assignee=${atlasAzureApplicationId}. The output doesn't name the application.`,
  )
}

/** Explains an output without an assignment of Atlas's application. */
function explainNone(listed: readonly Assignment[], text: string): Reading {
  if (unaskedDirectory.test(text))
    return unreadable(
      "You may not look up applications in the directory, so az found none of Atlas's role assignments.",
      "Run the command without --assignee and paste the full output.",
    )
  const assign = "Assign the role, wait a minute and run the command again."
  return listed.length === 0
    ? notYet(
        "No role assignments found.",
        `${assign} If it warned about the Graph API, run it without --assignee.`,
      )
    : notYet(`${listed.length} role assignments found, none for Atlas's application.`, assign)
}

/** Lists from the same output the assignments of Atlas that cover the VNet; null where it doesn't tell. */
export function listPastedAssignments(text: string, network: AzureNetwork): Assignment[] | null {
  if (readRoleAssignments(text, network).verdict === "unreadable") return null
  return listAtlasAssignments(readList(text) ?? [], network)
}

/** Lists the role assignments of Atlas's application that cover a VNet, from the parsed output. */
export function listAtlasAssignments(list: readonly unknown[], network: AzureNetwork): Assignment[] {
  const wanted = toVnetScope(network)
  return findAtlas(list.map(toAssignment), network).atlas.filter(({ scope }) => isWithinScope(wanted, scope))
}

function findAtlas(listed: readonly Assignment[], network: AzureNetwork) {
  const named = listed.filter(({ principalName }) => principalName.toLowerCase() === atlasAzureApplicationId)
  const assigned = listed.filter((one) => mayBeAtlas(one, network))
  return { named, assigned, atlas: named.length > 0 ? named : isOfOneUnnamed(listed) ? listed : assigned }
}

/** azure-cli's error for an application without a service principal in the directory. */
const unknownApplication = new RegExp(
  `Cannot find user or service principal in graph database for '${atlasAzureApplicationId}'`,
  "i",
)

/** azure-cli's warnings when the directory refuses the look-up: it then takes the name for an object's id, and finds nothing. */
const unaskedDirectory = /Assuming [0-9a-f-]+ as an object ID|Failed to query .{1,80} by invoking Graph API/i

/** Tells if an assignment without a name is to an application and of the role that only Atlas gets. */
function mayBeAtlas(one: Assignment, network: AzureNetwork): boolean {
  return (
    one.principalName === "" &&
    /^(?:ServicePrincipal)?$/.test(one.principalType) &&
    one.roleDefinitionName.toLowerCase() === toAtlasRole(network).Name.toLowerCase()
  )
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

/** Finds the list in a terminal's output, where a prompt may have a bracket too; null when its end is missing. */
function readList(text: string): Assignment[] | null {
  const start = text.search(/\[\s*[{\]]/)
  const read = start < 0 ? null : parseLooseJson(text.slice(start))
  return read !== null && read.repairs.length === 0 && Array.isArray(read.value)
    ? read.value.map(toAssignment)
    : null
}

/**
 * Tells if all assignments belong to one application that az could not name. Without rights in the directory it names
 * none; with them it takes the application's first name, which may be an address. The command asks for Atlas's alone.
 */
function isOfOneUnnamed(listed: readonly Assignment[]): boolean {
  return listed.every(
    ({ principalId, principalName, principalType }) =>
      principalId === listed[0]?.principalId &&
      (principalType === "ServicePrincipal" || (principalType === "" && /^$|:\/\//.test(principalName))) &&
      !/^[0-9a-f-]{36}$|@/i.test(principalName),
  )
}

/** Tells if a role has the four rights: the one that the steps create, or one of Azure's that include them. */
export function mayPeer(role: string, network: AzureNetwork): boolean {
  const enough = [toAtlasRole(network).Name, "Network Contributor", "Contributor", "Owner"]
  return enough.some((name) => name.toLowerCase() === role.toLowerCase())
}

function isWithinScope(wanted: string, scope: string): boolean {
  const inner = wanted.toLowerCase()
  const outer = scope.toLowerCase().replace(/(?<!\/)\/+$/, "")
  // az lists a management group only when it is above the VNet.
  if (outer.startsWith("/providers/microsoft.management/managementgroups/")) return true
  return outer === "" ? scope === "/" : inner === outer || inner.startsWith(`${outer}/`)
}
