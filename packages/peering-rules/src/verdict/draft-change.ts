import type { Check, CheckId, PeeringDraft } from "@peering-desk/shared-schemas"
import type { DraftReading } from "#draft/parse-draft.ts"
import type { FindRoom } from "./free-room.ts"

/** Another way to fill in a draft that may turn its verdict. */
export interface DraftChange {
  /** An imperative. */
  title: string
  why: string
  cost: number
  draft: PeeringDraft
}

/** A refused draft with its red checks, as input for suggested fixes. */
export interface RefusedDraft {
  reading: DraftReading
  reds: readonly Check[]
  findRoom: FindRoom
}

export function hasRed({ reds }: RefusedDraft, ...ids: readonly CheckId[]): boolean {
  return reds.some(({ id }) => ids.includes(id))
}

/** The cost of a change: low for another spelling, higher for what can be undone, highest for what is permanent. */
export const costs = {
  openExisting: 0,
  sameInOtherWords: 1,
  knownValue: 1,
  ownOtherBlock: 1,
  existingContainer: 2,
  otherSize: 2,
  otherBlock: 3,
  otherContainer: 4,
  deleteFailedPeer: 4,
  otherRegion: 5,
  switchModeOff: 5,
  noNewContainer: 6,
  newContainer: 7,
  otherBlockOfVpc: 8,
  moveToOtherRegion: 20,
} as const

export function fillRequest(draft: PeeringDraft, values: Record<string, string>): PeeringDraft {
  return { ...draft, request: { ...draft.request, ...values } }
}

export function fillNewContainer(
  draft: PeeringDraft,
  values: Partial<NonNullable<PeeringDraft["newContainer"]>>,
): PeeringDraft {
  return { ...draft, newContainer: { atlasCidrBlock: "", ...draft.newContainer, ...values } }
}

/** Chooses an existing container and removes the description of a new one. */
export function chooseContainer(draft: PeeringDraft, containerId: string): PeeringDraft {
  const { newContainer: _, ...rest } = fillRequest(draft, { containerId })
  return rest
}
