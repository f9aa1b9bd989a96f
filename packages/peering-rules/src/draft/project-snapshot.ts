import type { ProjectAddresses } from "@peering-desk/shared-schemas"

/** What a verdict rests on, beside the draft: the project, the others that the person may see, and Atlas's limit. */
export interface ProjectSnapshot {
  here: ProjectAddresses
  otherProjects: readonly ProjectAddresses[]
  /** How many connections Atlas allows a project: 50 unless its support raised it. */
  peersPerProject: number
}
