import { planPath, type Path, type PlannedAct } from "@peering-desk/peering-rules"
import { findContainerOf, type PeeringDraft } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { accessListQuery } from "#api/projects/access-list.ts"
import { clustersQuery } from "#api/projects/clusters.ts"
import { containersQuery } from "#api/projects/containers.ts"
import { networksQuery } from "#api/projects/networks.ts"
import { useProject } from "#api/projects/projects.ts"
import { useNow } from "#ui/time/now.ts"
import { toAtlasNetwork, toOwnNetwork, type PathNetwork } from "./path-networks.ts"
import { toRead } from "./to-read.ts"

export interface PlanView {
  path: Path
  acts: readonly PlannedAct[]
  own: PathNetwork
  atlas: PathNetwork
}

/**
 * Builds the path that a draft leads to, from everything that is known in its project.
 * @param isSent draws what Atlas gets on approval
 */
export function usePlan(projectId: string, draft: PeeringDraft, isSent = false): PlanView {
  const containers = useQuery(containersQuery(projectId)).data
  const networks = useQuery({ ...networksQuery(projectId), enabled: draft.providerName === "AWS" }).data
  const list = useQuery(accessListQuery(projectId, []))
  const entries = toRead(list.data, list.dataUpdatedAt)
  const running = useQuery(clustersQuery(projectId))
  const clusters = toRead(running.data, running.dataUpdatedAt)
  const project = useProject(projectId)
  const now = useNow()
  const { providerName, request } = draft
  const chosen = findContainerOf({ providerName, containerId: request["containerId"] }, containers)
  const read = networks?.find(({ network }) => network !== undefined && network.value === request["vpcId"])
  const facts = draft.facts ?? read ?? null
  const known = { container: chosen, facts, entries, clusters, checkedAt: null, now }
  const { path, acts, peer, container } = planPath(draft, known, { isSent })
  return {
    path,
    acts,
    own: withoutEmpty(toOwnNetwork(peer, container, facts)),
    atlas: withoutEmpty(toAtlasNetwork(container, project?.name ?? projectId)),
  }
}

/** Leaves out what isn't filled in yet. The project, which is no value to copy, is always chosen. */
function withoutEmpty(network: PathNetwork): PathNetwork {
  return {
    ...network,
    facts: network.facts.filter(({ value, label }) => value !== null || label === "Project"),
  }
}
