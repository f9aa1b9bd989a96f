import { newContainerMark, type PeeringDraft, type ProviderName } from "@peering-desk/shared-schemas"
import type { Pasted, PastedField } from "./pasted.ts"

/** What a merge would take away from what stands in the form. */
export interface Replaced {
  field: PastedField
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
  const networkBlocks = toNetworkBlocks(draft, pasted, request)
  const merged: PeeringDraft = {
    providerName,
    request,
    ...(newContainer === undefined ? {} : { newContainer }),
    ...(networkBlocks === undefined ? {} : { networkBlocks }),
  }
  return { draft: merged, replaced: toReplaced(draft, merged) }
}

/** The fields that together name a network. */
const identity: Readonly<Record<ProviderName, readonly string[]>> = {
  AWS: ["vpcId"],
  GCP: ["gcpProjectId", "networkName"],
  AZURE: ["azureSubscriptionId", "resourceGroupName", "vnetName"],
}

/** What is known of one network's addresses is nothing that another one has. */
function toNetworkBlocks(
  { providerName, request: before, networkBlocks }: PeeringDraft,
  { fields, providerName: cloud }: Pasted,
  after: PeeringDraft["request"],
): string[] | undefined {
  if (fields.networkBlocks !== undefined) return fields.networkBlocks
  if (networkBlocks === undefined || (cloud ?? providerName) !== providerName) return undefined
  const isOther = (name: string) => (before[name] ?? "") !== "" && before[name] !== after[name]
  return identity[providerName].some(isOther) ? [] : networkBlocks
}

/** The new container's fields and the request's, as texts; an empty one is as good as none. */
function toTexts(draft: PeeringDraft): Map<string, string> {
  const { regions, ...texts } = draft.newContainer ?? {}
  const networkBlocks = draft.networkBlocks?.join(", ")
  const all = { ...draft.request, ...texts, regions: regions?.join(", "), networkBlocks }
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
