import {
  BlastRadius,
  ChangePeering,
  DeletePeering,
  HandOffList,
  HandOffView,
  MadeHandOff,
  MakeHandOff,
  Peering,
  PeeringRemoval,
  SetLabel,
  TickStep,
  Timeline,
  DeletedPeeringList,
} from "@peering-desk/shared-schemas"
import * as z from "zod/mini"
import type { Operation } from "./operation.ts"

const onePeering = "/api/projects/{projectId}/peerings/{peeringId}"

/** What can be asked about a connection after its create. */
export const followOperations: readonly Operation[] = [
  {
    method: "patch",
    path: onePeering,
    summary: "Change an AWS connection; with another account or VPC Atlas starts it anew",
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
    path: `${onePeering}/hand-offs`,
    summary: "The links that were given out for a connection",
    status: 200,
    answer: HandOffList,
  },
  {
    method: "post",
    path: `${onePeering}/hand-offs`,
    summary: "Give out a link for somebody without an account; its token is told this once",
    status: 201,
    answer: MadeHandOff,
    body: MakeHandOff,
  },
  {
    method: "delete",
    path: `${onePeering}/hand-offs/{handOffId}`,
    summary: "Take a link back",
    status: 204,
  },
  {
    method: "get",
    path: "/api/hand-off",
    summary: "What a link shows; without a session, its token in Authorization: Bearer",
    status: 200,
    answer: HandOffView,
  },
  {
    method: "post",
    path: "/api/hand-off/done",
    summary: "Somebody who has the link did their part: look at Atlas now",
    status: 200,
    answer: HandOffView,
    body: z.strictObject({}),
  },
  {
    method: "get",
    path: "/api/projects/{projectId}/tombstones",
    summary: "The connections of the last 90 days that Atlas no longer lists",
    status: 200,
    answer: DeletedPeeringList,
  },
]
