import { apiUrls, type Timeline } from "@peering-desk/shared-schemas"
import { queryOptions } from "@tanstack/react-query"
import { hasFields } from "#api/answer.ts"
import { readOf } from "#api/reads.ts"
import { timelineKey } from "./peering-cache.ts"

const isTimeline = hasFields<Timeline>("observations", "gaps", "acts")

/** Reads what was observed and done of one peering, which may be deleted. */
export function timelineQuery(projectId: string, peeringId: string) {
  return queryOptions({
    queryKey: timelineKey(projectId, peeringId),
    queryFn: readOf(apiUrls.timeline(projectId, peeringId), isTimeline),
    // It grows with every poll.
    staleTime: 0,
  })
}
