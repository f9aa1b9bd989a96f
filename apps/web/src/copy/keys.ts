import type { KeyReport } from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/marks/Pill.tsx"

/** Describes the state of a key in a word or two. */
export function toKeyState({ problem, shortcomings, checkedAt }: KeyReport): { tone: Tone; words: string } {
  if (checkedAt === null) return { tone: "unknown", words: "Not tested yet" }
  if (problem !== null) return { tone: "failed", words: "Can't be used" }
  if (shortcomings.length > 0) return { tone: "you", words: "Role missing" }
  return { tone: "works", words: "Works" }
}

/** Returns each role by Atlas's name with its project or organization; null when unknown. */
export function toRoleLines({ roles, reach }: KeyReport): string[] | null {
  if (roles === null) return null
  const names = new Map(reach?.map(({ id, name }) => [id, name]))
  return roles.map(({ roleName, projectId, orgId }) => {
    if (projectId !== null) return `${roleName} on ${names.get(projectId) ?? projectId}`
    return orgId === null ? roleName : `${roleName} on organization ${orgId}`
  })
}
