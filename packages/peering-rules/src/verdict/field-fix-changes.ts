import { parseFieldFix } from "@peering-desk/shared-schemas"
import {
  costs,
  fillNewContainer,
  fillRequest,
  hasRed,
  type DraftChange,
  type RefusedDraft,
} from "./draft-change.ts"
import { listContradictions } from "#checks/known-network-checks.ts"
import { toDraftFields, type DraftField } from "#draft/draft-fields.ts"
import type { PeeringDraft } from "@peering-desk/shared-schemas"

const fieldNames: Readonly<Record<string, string>> = {
  containerId: "the container",
  accepterRegionName: "the VPC region",
  awsAccountId: "the AWS account ID",
  routeTableCidrBlock: "the VPC CIDR",
  vpcId: "the VPC ID",
  gcpProjectId: "the project ID",
  networkName: "the network name",
  azureDirectoryId: "the directory ID",
  azureSubscriptionId: "the subscription ID",
  resourceGroupName: "the resource group name",
  vnetName: "the VNet name",
  region: "the Atlas region",
  regions: "an Atlas region",
  atlasCidrBlock: "the Atlas CIDR",
}

/** The most fixes tried on one field: spaces, then the form, then the case. */
const mostFixes = 3

/** Rewrites every field that has the right value in another spelling, all at once. */
export function toFieldFixChanges({ reading }: RefusedDraft): DraftChange[] {
  const repaired = reading.fields.flatMap((field) => {
    if (field.status !== "wrong") return []
    const value = findFix(reading.draft, field)
    return value === null ? [] : [{ field, value }]
  })
  if (repaired.length === 0) return []
  const draft = repaired.reduce((so, { field, value }) => putField(so, field, value), reading.draft)
  const values = repaired.map(({ field, value }) => `${value} as ${fieldNames[field.name] ?? field.name}`)
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
  const values = wrong.map(({ field, known }) => `${known} as ${fieldNames[field] ?? field}`)
  const where = [...new Set(wrong.map(({ by }) => by.of.project.name))].join(" and ")
  return [
    {
      title: `Use ${values.join(", ")}`,
      why: `The same network is connected with it in ${where}`,
      cost: costs.knownValue,
      draft: fillRequest(
        trouble.reading.draft,
        Object.fromEntries(wrong.map(({ field, known }) => [field, known])),
      ),
    },
  ]
}

/** Returns the right value that the field's rule names or leads to; null without one. */
function findFix(draft: PeeringDraft, wrong: DraftField): string | null {
  let field = wrong
  for (let fixes = 0; fixes < mostFixes && field.status === "wrong"; fixes += 1) {
    const value = field.text === field.text.trim() ? parseFieldFix(field.says) : field.text.trim()
    if (value === null) return null
    const next = toDraftFields(putField(draft, field, value)).find(
      (one) => one.name === field.name && one.text === value,
    )
    if (next === undefined) return null
    field = next
  }
  return field.status === "right" ? field.text : null
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
