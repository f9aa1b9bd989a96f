import { getWaitingOn } from "@peering-desk/peering-rules"
import type { Peering } from "@peering-desk/shared-schemas"
import { approvalQuery } from "#api/approvals.ts"
import { openApprovalsQuery } from "#api/open-approvals.ts"
import { blastRadiusQuery } from "#api/peerings/change-peering.ts"
import { tombstonesQuery } from "#api/peerings/deleted-peerings.ts"
import { handOffLinksQuery } from "#api/peerings/hand-off-links.ts"
import { networkFactsQuery } from "#api/peerings/network-facts.ts"
import { overviewQuery } from "#api/peerings/overview.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { timelineQuery } from "#api/peerings/timeline.ts"
import { accessListQuery } from "#api/projects/access-list.ts"
import { clustersQuery } from "#api/projects/clusters.ts"
import { containersQuery } from "#api/projects/containers.ts"
import { networksQuery } from "#api/projects/networks.ts"
import { projectSettingQuery } from "#api/projects/project-settings.ts"
import { projectsQuery } from "#api/projects/projects.ts"
import { chooseCovered } from "#features/address-space/coverage/coverage.ts"
import { toPlannedDraft } from "#features/approvals/sent-acts.ts"
import { computePermissions } from "#shared/permissions.ts"
import type { Visit } from "./visit.ts"

/** Reads what the page of a connection shows in each state. */
export async function readConnection(visit: Visit): Promise<void> {
  const { read, tryToRead, person, projectId, id } = visit
  const list = read(peeringsQuery(projectId))
  await Promise.all([
    read(containersQuery(projectId)),
    tryToRead(accessListQuery(projectId, [])),
    tryToRead(clustersQuery(projectId)),
    person.approvals === true && tryToRead(openApprovalsQuery()),
    list.then(async ({ peerings }) => {
      const peering = peerings.find((one) => one.id === id)
      await (peering === undefined ? read(tombstonesQuery(projectId)) : readState(visit, peering))
    }),
  ])
}

async function readState({ read, tryToRead, person, projectId, id }: Visit, peering: Peering): Promise<void> {
  const { peer, factsAt } = peering
  const isAws = peer.providerName === "AWS"
  const turn = getWaitingOn(peer)
  await Promise.all([
    (isAws || factsAt !== undefined) && read(networkFactsQuery(peering)),
    isAws && turn === "works" && tryToRead(projectSettingQuery("customDns", projectId)),
    turn === "failed" && read(timelineQuery(projectId, id)),
    turn === "you" &&
      computePermissions(person, projectId).mayChange &&
      read(handOffLinksQuery(projectId, id)),
  ])
}

/** Reads the project whose coverage is shown. */
export async function readCoverage({ read, search }: Visit): Promise<void> {
  const [projects, overview] = await Promise.all([read(projectsQuery()), read(overviewQuery())])
  const shown = chooseCovered(projects, overview, search.get("project"))
  if (shown !== undefined) await Promise.all([read(peeringsQuery(shown.id)), read(containersQuery(shown.id))])
}

/** Reads a request for approval, and what the path that it leads to shows, or what a deletion takes along. */
export async function readApproval({ read, tryToRead, id }: Visit): Promise<void> {
  const { approval } = await read(approvalQuery(id))
  const { plan, projectId, state } = approval
  if (plan.kind === "delete" && state === "waiting")
    await Promise.all([
      tryToRead(peeringsQuery(projectId)),
      tryToRead(blastRadiusQuery(projectId, plan.peeringId)),
    ])
  const draft = toPlannedDraft(approval)
  if (draft === null) return
  await Promise.all([
    read(containersQuery(projectId)),
    draft.providerName === "AWS" && tryToRead(networksQuery(projectId)),
    tryToRead(accessListQuery(projectId, [])),
    tryToRead(clustersQuery(projectId)),
  ])
}
