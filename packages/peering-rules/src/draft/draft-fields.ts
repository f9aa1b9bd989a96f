import {
  atlasCidrField,
  atlasRegionRules,
  checkField,
  containerField,
  listRequestNames,
  newContainerMark,
  requestFields,
  type FieldRule,
  type PeeringDraft,
} from "@peering-desk/shared-schemas"

/** A field of a draft, checked by the rule that the form and the server use. */
export interface DraftField {
  /** Its name in the request, or in the draft's new container. */
  name: string
  ofNewContainer: boolean
  text: string
  status: "empty" | "wrong" | "right"
  /** The rule's sentence; empty when it is right. */
  says: string
  rule: FieldRule
}

/** Tells if the draft describes a new container. */
export function isForNewContainer(draft: PeeringDraft): boolean {
  return readOwn(draft.request, "containerId") === newContainerMark
}

/** Lists the fields that the chosen cloud needs, in the order of Atlas's documentation. */
export function toDraftFields(draft: PeeringDraft): DraftField[] {
  const isNew = isForNewContainer(draft)
  const table = requestFields[draft.providerName]
  const request = listRequestNames(draft.providerName)
    .filter((name) => !(isNew && name === "containerId"))
    .map((name) => toField(name, false, readOwn(draft.request, name) ?? "", table[name] ?? containerField))
  return isNew ? [...toNewContainerFields(draft), ...request] : request
}

function toNewContainerFields({ providerName, newContainer }: PeeringDraft): DraftField[] {
  const rule = atlasRegionRules[providerName]
  const regions =
    providerName === "GCP"
      ? toNewRegions({ newContainer }).map((one) => toField("regions", true, one, rule))
      : [toField("region", true, newContainer?.region ?? "", rule)]
  return [...regions, toField("atlasCidrBlock", true, newContainer?.atlasCidrBlock ?? "", atlasCidrField)]
}

/** Returns the regions that a new Google Cloud container is restricted to, each once; empty for every region. */
export function toNewRegions({ newContainer }: Pick<PeeringDraft, "newContainer">): string[] {
  return [...new Set(newContainer?.regions?.filter((region) => region.trim() !== ""))]
}

function toField(name: string, ofNewContainer: boolean, text: string, rule: FieldRule): DraftField {
  const problem = checkField(rule, text)
  const status = text.trim() === "" ? "empty" : problem === null ? "right" : "wrong"
  return { name, ofNewContainer, text, status, says: problem?.message ?? "", rule }
}

/** Reads only own keys: a draft comes from outside, and `constructor` is not a field. */
function readOwn(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
