import type { Approval, ApprovalPlan } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { blastRadiusQuery } from "#api/peerings/change-peering.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { BlastRadiusList } from "#shared/blast-radius/BlastRadiusList.tsx"

/** Lists what a waiting deletion breaks and keeps, as its requester saw it; in short where that is decided or can't be read. */
export function DeletionConsequences({
  approval: { projectId, state },
  plan: { peeringId, target },
}: {
  approval: Approval
  plan: Extract<ApprovalPlan, { kind: "delete" }>
}) {
  const enabled = state === "waiting"
  const { data: list } = useQuery({ ...peeringsQuery(projectId), enabled })
  const { data: radius } = useQuery({ ...blastRadiusQuery(projectId, peeringId), enabled })
  const peering = list?.peerings.find(({ id }) => id === peeringId)
  if (enabled && peering !== undefined && radius !== undefined)
    return <BlastRadiusList peering={peering} radius={radius} />
  return (
    <>
      {target["isAvailable"] === true && <p>Applications that use this connection lose access.</p>}
      <p>Deletes the connection. Its container and the network stay.</p>
    </>
  )
}
