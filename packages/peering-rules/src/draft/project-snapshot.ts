import type { Check, NetworkFacts, ProjectAddresses } from "@peering-desk/shared-schemas"

/** What one resource policy of the organization says of a change. */
export interface PolicyRuling {
  name: string
  description: string | null
  /** `may-forbid`: it does so by the state before the change or by the one after it, and Atlas does not tell which one counts. */
  says: "allows" | "forbids" | "may-forbid" | "not-checked"
  /** Why it was not checked; null for other rulings. */
  why: string | null
}

/** What the resource policies of the organization say of a change. */
export interface PolicyFindings {
  rulings: readonly PolicyRuling[]
  /** Why they are not known, or not as they are now; null when they are. */
  problem: "not-allowed" | "unread" | null
}

/** The data that a draft is judged by: the project, the others that the person may see, and Atlas's limit. */
export interface ProjectSnapshot {
  here: ProjectAddresses
  otherProjects: readonly ProjectAddresses[]
  /** The number of peerings Atlas allows a project: 50 unless its support raised it. */
  peersPerProject: number
  /** In milliseconds since 1970, for the age of facts. */
  now: number
  /** What look-ups of the project's networks found; left out in the browser, which has only the draft's own. */
  networkFacts?: readonly NetworkFacts[]
  /** What resource policies say of the draft; left out in the browser, which can't evaluate policies. */
  policyChecks?: readonly Check[]
}
