import type { Peering } from "@peering-desk/shared-schemas"
import { toInstant } from "#base/clock.ts"
import { addTimes, dateBegin, findLeftAvailableAt, type Annotation } from "./observe-peering.ts"
import type { LoadedPeering } from "./peering-rows.ts"

/** Builds a peering from what is stored of it. */
export function toPeering(
  { projectId, id, peer, raw, history, beginSeen, firstSeenAt }: LoadedPeering,
  annotation: Annotation,
): Peering {
  const { activeAt: _activeAt, ...noted } = annotation
  const begin = dateBegin({ history, beginSeen }, annotation)
  const times = { firstSeenAt: toInstant(firstSeenAt), leftAvailableAt: findLeftAvailableAt(history) }
  return addTimes({ projectId, id, peer, raw, ...begin, ...times, ...noted })
}
