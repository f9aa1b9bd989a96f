import { namingFields, newContainerMark, type PeeringDraft } from "@peering-desk/shared-schemas"
import type { Pasted, PastedField } from "./pasted.ts"

/** A value of the form that a merge takes away. */
export interface Replaced {
  field: PastedField
  was: string
  /** Null when the field goes with its cloud, or with the container that is no longer to be made. */
  becomes: string | null
}

/**
 * Puts what a text says into a draft and keeps the rest. `replaced` lists every value that is lost, for a person to agree first. Does
 * not change the draft itself.
 * @param kept fields whose values in the draft stay
 */
export function mergePasted(
  draft: PeeringDraft,
  given: Pasted,
  kept: ReadonlySet<PastedField> = new Set(),
): { draft: PeeringDraft; replaced: readonly Replaced[] } {
  const merged = mergeFields(draft, omitFields(given, kept))
  const after = toTexts(merged)
  const replaced = [...toTexts(draft)].flatMap(([field, was]) => {
    const becomes = after.get(field) ?? null
    return becomes === was ? [] : [{ field: field as PastedField, was, becomes }]
  })
  return { draft: merged, replaced }
}

/** Fills a draft in; one of another cloud begins empty. */
function mergeFields(draft: PeeringDraft, { providerName: named, fields }: Pasted): PeeringDraft {
  const providerName = named ?? draft.providerName
  const before: PeeringDraft = providerName === draft.providerName ? draft : { providerName, request: {} }
  const request: PeeringDraft["request"] = { ...before.request, ...fields.request }
  const newContainer = { atlasCidrBlock: "", ...before.newContainer, ...fields.newContainer }
  const networkBlocks = fields.networkBlocks ?? keepBlocks(before, request, before.networkBlocks)
  const peeredBlocks = fields.peeredBlocks ?? keepBlocks(before, request, before.peeredBlocks)
  const facts = fields.facts ?? before.facts
  return {
    providerName,
    request,
    ...(request["containerId"] === newContainerMark && { newContainer }),
    ...(networkBlocks !== undefined && { networkBlocks }),
    ...(peeredBlocks !== undefined && { peeredBlocks }),
    ...(facts !== undefined && { facts }),
  }
}

/** Leaves fields out of what a text says; without its container also the description of a new one. */
function omitFields(pasted: Pasted, kept: ReadonlySet<PastedField>): Pasted {
  if (kept.size === 0) return pasted
  const omit = (fields: object) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => !kept.has(name as PastedField)))
  const { request, newContainer, networkBlocks, peeredBlocks, facts } = pasted.fields
  return {
    ...pasted,
    fields: {
      ...(facts && { facts }),
      request: omit(request),
      newContainer: newContainer === null || kept.has("containerId") ? null : omit(newContainer),
      ...(networkBlocks !== undefined && !kept.has("networkBlocks") && { networkBlocks }),
      ...(peeredBlocks !== undefined && !kept.has("peeredBlocks") && { peeredBlocks }),
    },
  }
}

/** Keeps the known addresses of a network, and of its peers, unless the text names another one. */
function keepBlocks(
  { providerName, request }: PeeringDraft,
  after: PeeringDraft["request"],
  blocks: string[] | undefined,
): string[] | undefined {
  const isOther = (name: string) => (request[name] ?? "") !== "" && request[name] !== after[name]
  return blocks !== undefined && namingFields[providerName].some(isOther) ? [] : blocks
}

/** Returns the filled fields of the request and the new container as texts. */
function toTexts(draft: PeeringDraft): Map<string, string> {
  const { regions, ...texts } = draft.newContainer ?? {}
  const networkBlocks = draft.networkBlocks?.join(", ")
  const peeredBlocks = draft.peeredBlocks?.join(", ")
  const all = { ...draft.request, ...texts, regions: regions?.join(", "), networkBlocks, peeredBlocks }
  return new Map(Object.entries(all).flatMap(([name, text]) => (text ? [[name, text]] : [])))
}
