import type { ApiToken, ApiTokenState, ProjectRole } from "@peering-desk/shared-schemas"
import type { Tone } from "#ui/marks/Pill.tsx"

/** The state of a token in a list. */
export const tokenStateWords: Record<ApiTokenState, { tone: Tone; words: string }> = {
  active: { tone: "works", words: "Active" },
  expired: { tone: "closing", words: "Expired" },
  revoked: { tone: "closing", words: "Revoked" },
  paused: { tone: "you", words: "Paused" },
  unconfirmed: { tone: "you", words: "Paused" },
  "no-rights": { tone: "failed", words: "No rights" },
}

/** Returns the owner's way out of a state that is not for good; null without one. */
export function toTokenAdvice({ state, owner }: ApiToken, isOwn: boolean): string | null {
  if (state === "paused" || state === "unconfirmed")
    return `Works again when ${isOwn ? "you sign in" : `${owner.name} signs in`}`
  return state === "no-rights" ? `${isOwn ? "Your" : "Their"} role in its projects is gone` : null
}

/** The rights of a token by role. */
export const tokenRoleWords: Record<ProjectRole, string> = {
  viewer: "Viewer: read only",
  requester: "Requester: create, change and delete",
  administrator: "Administrator: also change project settings",
}

/** Names the projects of a token: `All projects`, `payments-prod`, `payments-prod and 2 more`. */
export function nameTokenProjects(
  projects: ApiToken["projects"],
  nameProject: (id: string) => string,
): string {
  if (projects === "*") return "All projects"
  const [first = "", ...others] = projects
  return others.length === 0 ? nameProject(first) : `${nameProject(first)} and ${others.length} more`
}
