import {
  BlastRadius,
  ChangePeering,
  DeletePeering,
  Peering,
  PeeringRemoval,
  SetLabel,
  TickStep,
  Timeline,
  TombstoneList,
} from "@peering-desk/shared-schemas"
import type { Operation } from "./api-operations.ts"

const onePeering = "/api/projects/{projectId}/peerings/{peeringId}"

/** What can be asked about a connection after its create. */
export const followOperations: readonly Operation[] = [
  {
    method: "patch",
    path: onePeering,
    summary: "Change an AWS connection; Atlas then starts it anew",
    status: 200,
    answer: Peering,
    body: ChangePeering,
  },
  {
    method: "delete",
    path: onePeering,
    summary: "Have Atlas take a connection away; 200 when it is gone already",
    status: 202,
    answer: PeeringRemoval,
    body: DeletePeering,
  },
  {
    method: "get",
    path: `${onePeering}/blast-radius`,
    summary: "What goes with a connection when it is deleted",
    status: 200,
    answer: BlastRadius,
  },
  {
    method: "get",
    path: `${onePeering}/timeline`,
    summary: "Everything seen and done of a connection, and the times of which nothing is known",
    status: 200,
    answer: Timeline,
  },
  {
    method: "put",
    path: `${onePeering}/label`,
    summary: "Give a connection a name of our own, or take it away",
    status: 200,
    answer: Peering,
    body: SetLabel,
  },
  {
    method: "put",
    path: `${onePeering}/steps/{stepId}`,
    summary: "Tick a step off for everybody, or take that back",
    status: 200,
    answer: Peering,
    body: TickStep,
  },
  {
    method: "post",
    path: `${onePeering}/look`,
    summary: "Look at Atlas now, once in three seconds at most",
    status: 200,
    answer: Peering,
  },
  {
    method: "get",
    path: "/api/projects/{projectId}/tombstones",
    summary: "The connections of the last 90 days that Atlas no longer lists",
    status: 200,
    answer: TombstoneList,
  },
]
