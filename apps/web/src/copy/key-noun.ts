import type { Project } from "@peering-desk/shared-schemas"

/** The word for a project's Atlas key within a sentence. */
export function toKeyNoun(project: Pick<Project, "keyKind"> | undefined): string {
  return project?.keyKind === "service-account" ? "service account" : "API key"
}
