import { planPath, toPlannedContainer, type Path, type PlannedAct } from "@peering-desk/peering-rules"
import { AtlasPeer, type Container, type PeeringDraft } from "@peering-desk/shared-schemas"
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
  const isChosen = (one: Container) => one.id === request["containerId"] && one.providerName === providerName
  const container = containers?.find(isChosen) ?? toPlannedContainer(draft)
  const read = networks?.find(({ network }) => network !== undefined && network.value === request["vpcId"])
  const facts = draft.facts ?? read ?? null
  const filled = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== ""))
  const peer = AtlasPeer.parse({ ...filled, providerName, id: "" })
  const own = toOwnNetwork(peer, container, facts)
  const atlas = toAtlasNetwork(container, project?.name ?? projectId)
  return {
    ...planPath(draft, { container, facts, entries, clusters, checkedAt: null, now }, { isSent }),
    own: withoutEmpty(own),
    atlas: withoutEmpty(atlas),
  }
}

/** Leaves out what isn't filled in yet. */
function withoutEmpty(network: PathNetwork): PathNetwork {
  return {
    ...network,
    facts: network.facts.filter(({ value, shown }) => value !== null || shown !== undefined),
  }
}
