import {
  costs,
  fillNewContainer,
  fillRequest,
  hasRed,
  type DraftChange,
  type RefusedDraft,
} from "./draft-change.ts"
import { listContradictions } from "#checks/known-network-checks.ts"
import type { DraftField } from "#draft/draft-fields.ts"
import { findRequestField, repairField, type PeeringDraft } from "@peering-desk/shared-schemas"

/** What a value of a container is, within a sentence. */
const containerTitles: Readonly<Record<string, string>> = {
  containerId: "the container",
  region: "the Atlas region",
  regions: "an Atlas region",
  atlasCidrBlock: "the Atlas CIDR",
}

function toTitle(name: string): string {
  return containerTitles[name] ?? `the ${findRequestField(name)?.title ?? name}`
}

/** Rewrites every field that has the right value in another spelling, all at once. */
export function toFieldFixChanges({ reading }: RefusedDraft): DraftChange[] {
  const repaired = reading.fields.flatMap((field) => {
    if (field.status !== "wrong") return []
    const { value, problem } = repairField(field.rule, field.text)
    return problem === null ? [{ field, value }] : []
  })
  if (repaired.length === 0) return []
  const draft = repaired.reduce((so, { field, value }) => putField(so, field, value), reading.draft)
  const values = repaired.map(({ field, value }) => `${value} as ${toTitle(field.name)}`)
  return [
    {
      title: `Use ${values.join(", ")}`,
      why: "The same value in the format Atlas expects",
      cost: costs.sameInOtherWords,
      draft,
    },
  ]
}

/** Replaces values that contradict other connections of the same network by the known ones, all at once. */
export function toKnownValueChanges(trouble: RefusedDraft): DraftChange[] {
  if (!hasRed(trouble, "known-network")) return []
  const wrong = listContradictions(trouble.reading).filter(({ isCertain }) => isCertain)
  const values = wrong.map(({ field, known }) => `${known} as ${toTitle(field)}`)
  const where = [...new Set(wrong.map(({ source }) => source))].join(" and ")
  return [
    {
      title: `Use ${values.join(", ")}`,
      why: `The network has it: ${where}`,
      cost: costs.knownValue,
      draft: fillRequest(
        trouble.reading.draft,
        Object.fromEntries(wrong.map(({ field, known }) => [field, known])),
      ),
    },
  ]
}

function putField(
  draft: PeeringDraft,
  { name, ofNewContainer, text }: DraftField,
  value: string,
): PeeringDraft {
  if (!ofNewContainer) return fillRequest(draft, { [name]: value })
  if (name !== "regions") return fillNewContainer(draft, { [name]: value })
  const regions = draft.newContainer?.regions ?? []
  return fillNewContainer(draft, { regions: regions.map((one) => (one === text ? value : one)) })
}
