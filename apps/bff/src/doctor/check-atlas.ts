import { toCount } from "@peering-desk/peering-rules"
import type { AtlasClients } from "#atlas/atlas-clients.ts"
import type { KeyHealth } from "#operations/key-health.ts"
import { bad, good, unchecked, type Finding } from "./finding.ts"

/** More projects are counted, not named. */
const mostNames = 3

/** Tests every Atlas credential as the server does at start. */
export async function checkAtlas(
  keyHealth: Pick<KeyHealth, "testAll">,
  clients: Pick<AtlasClients, "keys">,
): Promise<Finding[]> {
  const reports = await keyHealth.testAll()
  if (clients.keys().length === 0)
    return [
      bad(
        "Atlas",
        "there is no key.",
        "Set ATLAS_CLIENT_ID and ATLAS_CLIENT_SECRET, or ATLAS_PUBLIC_KEY and ATLAS_PRIVATE_KEY.",
      ),
    ]
  // One of several may reach none, where the others name all projects.
  const reachNone = reports.every(({ reach }) => reach?.length === 0)
  return reports.flatMap(({ label, apiVersion, problem, shortcomings, reach, secret }) => {
    if (problem !== null)
      return [bad("Atlas", `"${label}": ${problem.means}`, problem.fix ?? "Try again in a minute.")]
    if (reachNone && shortcomings.length === 0)
      return [
        bad(
          "Atlas",
          `"${label}" works and reaches no project.`,
          "Give it a role in projects: see README.md.",
        ),
      ]
    const version = apiVersion === "v1.0" ? "v1.0" : "v2"
    const unknown = (reach ?? []).filter(({ keyMayCreate }) => keyMayCreate === "unknown")
    const refused = (reach ?? []).filter(({ keyMayCreate }) => keyMayCreate === "no")
    const others = shortcomings.filter(({ projectId }) => refused.every(({ id }) => id !== projectId))
    return [
      good(
        "Atlas",
        `"${label}" works and reaches ${toCount(reach?.length ?? 0, "project")}, by ${version} of the API.`,
      ),
      ...(secret?.says ? [{ about: "Atlas", is: "warning", says: secret.says } as const] : []),
      ...(unknown.length === 0 ? [] : [toUnknownRights(label, unknown)]),
      ...(refused.length === 0 ? [] : [toMissingRights(label, refused)]),
      ...others.map(({ says }) => ({ about: "Atlas", is: "bad", says }) as const),
    ]
  })
}

function toUnknownRights(label: string, projects: readonly { name: string }[]): Finding {
  return unchecked(
    "Atlas",
    `"${label}": its right to create connections in ${nameSome(projects)} is not known, since Atlas did not tell its roles.`,
    "Compare its roles in Atlas with README.md.",
  )
}

function toMissingRights(label: string, projects: readonly { name: string }[]): Finding {
  return bad(
    "Atlas",
    `"${label}" cannot create connections in ${nameSome(projects)}: its roles there do not allow it.`,
    "Give it Project Network Access Manager (GROUP_NETWORK_ACCESS_MANAGER) there, or Project Owner (GROUP_OWNER) to create containers too.",
  )
}

function nameSome(projects: readonly { name: string }[]): string {
  const names = projects.slice(0, mostNames).map(({ name }) => name)
  const more = projects.length > names.length ? ` and ${projects.length - names.length} more` : ""
  return `${names.join(", ")}${more}`
}
