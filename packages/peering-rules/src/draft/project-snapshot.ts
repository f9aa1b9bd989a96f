import type { ProjectAddresses } from "@peering-desk/shared-schemas"

/** The data that a draft is judged by: the project, the others that the person may see, and Atlas's limit. */
export interface ProjectSnapshot {
  here: ProjectAddresses
  otherProjects: readonly ProjectAddresses[]
  /** The number of peerings Atlas allows a project: 50 unless its support raised it. */
  peersPerProject: number
}
