import { newContainerMark, type PeeringDraft } from "@peering-desk/shared-schemas"
import type { ContainerField, Pasted, RequestField } from "./pasted.ts"

/** What a merge would take away from what stands in the form. */
export interface Replaced {
  field: RequestField | ContainerField
  was: string
  /** Null when the field goes with its cloud, or with the container that is no longer to be made. */
  becomes: string | null
}

/**
 * Puts what a text told into a draft; what it does not tell stays. `replaced` names every value of the draft that would be lost, so
 * that a person can be asked first, or be given the way back: the draft itself is not changed.
 */
export function mergePasted(
  draft: PeeringDraft,
  pasted: Pasted,
): { draft: PeeringDraft; replaced: readonly Replaced[] } {
  const providerName = pasted.providerName ?? draft.providerName
  const stays = providerName === draft.providerName
  const request: PeeringDraft["request"] = { ...(stays ? draft.request : {}), ...pasted.fields.request }
  const isNew = request["containerId"] === newContainerMark
  const newContainer = isNew
    ? { atlasCidrBlock: "", ...(stays ? draft.newContainer : {}), ...pasted.fields.newContainer }
    : undefined
  const merged: PeeringDraft = {
    providerName,
    request,
    ...(newContainer === undefined ? {} : { newContainer }),
  }
  return { draft: merged, replaced: toReplaced(draft, merged) }
}

/** The new container's fields and the request's, as texts; an empty one is as good as none. */
function toTexts(draft: PeeringDraft): Map<string, string> {
  const { regions, ...texts } = draft.newContainer ?? {}
  const all = { ...draft.request, ...texts, regions: regions?.join(", ") }
  return new Map(
    Object.entries(all).flatMap(([name, text]) => (text == null || text === "" ? [] : [[name, text]])),
  )
}

function toReplaced(before: PeeringDraft, after: PeeringDraft): Replaced[] {
  const now = toTexts(after)
  return [...toTexts(before)].flatMap(([field, was]) => {
    const becomes = now.get(field) ?? null
    return becomes === was ? [] : [{ field: field as Replaced["field"], was, becomes }]
  })
}
