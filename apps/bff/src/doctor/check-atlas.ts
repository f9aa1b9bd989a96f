import type { AtlasClients } from "#atlas/atlas-clients.ts"
import type { KeyHealth } from "#operations/key-health.ts"
import type { Finding } from "./finding.ts"

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
    return [
      works,
      ...shortcomings.map(({ says }): Finding => ({ about: "Atlas", is: "bad", says, fix: "See above." })),
    ]
  })
}
