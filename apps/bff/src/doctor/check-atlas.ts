import type { AtlasClients } from "#atlas/atlas-clients.ts"
import type { KeyHealth } from "#operations/key-health.ts"
import type { Finding } from "./finding.ts"

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
      {
        about: "Atlas",
        is: "bad",
        says: "there is no key.",
        fix: "Set ATLAS_PUBLIC_KEY and ATLAS_PRIVATE_KEY.",
      },
    ]
  return reports.flatMap(({ label, problem, shortcomings, reach }): Finding[] => {
    if (problem !== null) {
      const { means, fix } = problem
      return [
        { about: "Atlas", is: "bad", says: `"${label}": ${means}`, fix: fix ?? "Try again in a minute." },
      ]
    }
    const works: Finding = {
      about: "Atlas",
      is: "good",
      says: `"${label}" works and reaches ${reach?.length ?? 0} project(s).`,
    }
    const unknown = (reach ?? []).filter(({ keyMayCreate }) => keyMayCreate === "unknown")
    return [
      works,
      ...(unknown.length === 0 ? [] : [toUnknownRights(label, unknown)]),
      ...shortcomings.map(({ says }): Finding => ({ about: "Atlas", is: "bad", says, fix: "See above." })),
    ]
  })
}

function toUnknownRights(label: string, projects: readonly { name: string }[]): Finding {
  const names = projects.slice(0, mostNames).map(({ name }) => name)
  const more = projects.length > names.length ? ` and ${projects.length - names.length} more` : ""
  return {
    about: "Atlas",
    is: "unchecked",
    says: `"${label}": its right to create connections in ${names.join(", ")}${more} is not known, since Atlas did not tell its roles.`,
    fix: "Compare its roles in Atlas with README.md.",
  }
}
