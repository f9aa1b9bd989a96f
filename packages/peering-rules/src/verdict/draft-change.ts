import type { Check, CheckId, PeeringDraft } from "@peering-desk/shared-schemas"
import type { DraftReading } from "#draft/parse-draft.ts"
import type { FindRoom } from "./free-room.ts"

/** Another way to fill in a draft, that may turn its verdict. */
export interface DraftChange {
  /** An imperative. */
  title: string
  why: string
  cost: number
  draft: PeeringDraft
}

/** What is wrong with a draft, for whoever looks for a way out. */
export interface RefusedDraft {
  reading: DraftReading
  reds: readonly Check[]
  findRoom: FindRoom
}

export function hasRed({ reds }: RefusedDraft, ...ids: readonly CheckId[]): boolean {
  return reds.some(({ id }) => ids.includes(id))
}

/**
 * What a change costs: whether it says the same in other words, can be taken back, or fixes something for good.
 * The least comes first.
 */
export const costs = {
  sameInOtherWords: 1,
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

/** Takes the description of a new container away, and chooses an existing one. */
export function chooseContainer(draft: PeeringDraft, containerId: string): PeeringDraft {
  const { newContainer: _, ...rest } = fillRequest(draft, { containerId })
  return rest
}
