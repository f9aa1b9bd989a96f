import { apiUrls } from "@peering-desk/shared-schemas"
import { isNothing } from "#api/answer.ts"
import { useChange } from "#api/change.ts"
import { keepPeering } from "./peering-cache.ts"
import { peeringsQuery } from "./peering-list.ts"
import { isPeering } from "./peerings.ts"

/** Gives a connection our own name for it, or takes it away with an empty one. */
export function useSetLabel(projectId: string, peeringId: string) {
  return useNote((label: string) => ({ url: apiUrls.peeringLabel(projectId, peeringId), body: { label } }))
}

/** Ticks a step of a runbook off for everybody, or takes the tick back. */
export function useTickStep(projectId: string, peeringId: string) {
  return useNote(({ stepId, done }: { stepId: string; done: boolean }) => ({
    url: apiUrls.peeringStep(projectId, peeringId, stepId),
    body: { done },
  }))
}

function useNote<Note>(toCall: (note: Note) => { url: string; body: object }) {
  return useChange((note: Note) => ({ ...toCall(note), isAnswer: isPeering, method: "PUT" }), {
    onAnswer: keepPeering,
  })
}

/** Answers the owner's decline, on the share page. The stream brings the answer. */
export function useAnswerDecline(projectId: string, peeringId: string) {
  return useChange(
    (answer: string) => ({
      url: apiUrls.answerDecline(projectId, peeringId),
      method: "POST",
      body: { answer },
      isAnswer: isNothing,
    }),
    { stale: [peeringsQuery(projectId).queryKey] },
  )
}
