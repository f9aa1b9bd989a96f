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
    return [
      good(
        "Atlas",
        `"${label}" works and reaches ${toCount(reach?.length ?? 0, "project")}, by ${version} of the API.`,
      ),
      ...(secret?.says ? [{ about: "Atlas", is: "warning", says: secret.says } as const] : []),
      ...(unknown.length === 0 ? [] : [toUnknownRights(label, unknown)]),
      ...shortcomings.map(({ says }) => bad("Atlas", says, "See above.")),
    ]
  })
}

function toUnknownRights(label: string, projects: readonly { name: string }[]): Finding {
  const names = projects.slice(0, mostNames).map(({ name }) => name)
  const more = projects.length > names.length ? ` and ${projects.length - names.length} more` : ""
  return unchecked(
    "Atlas",
    `"${label}": its right to create connections in ${names.join(", ")}${more} is not known, since Atlas did not tell its roles.`,
    "Compare its roles in Atlas with README.md.",
  )
}
