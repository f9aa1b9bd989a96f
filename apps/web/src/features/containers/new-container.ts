import { checkNewContainer, toNewContainerBody, type ProjectSnapshot } from "@peering-desk/peering-rules"
import {
  ChangeReason,
  findMistake,
  newContainerMark,
  readRegionName,
  type Check,
  type NewContainer,
  type PeeringDraft,
  type ProviderName,
} from "@peering-desk/shared-schemas"

/** The content of the form of a new container in any cloud. */
export interface NewContainerValues {
  atlasCidrBlock: string
  /** AWS and Azure, in any spelling. */
  region: string
  /** Google Cloud: every region, or the chosen ones. */
  reach: "every" | "some"
  regions: string[]
  reason: string
}

export const emptyValues: NewContainerValues = {
  atlasCidrBlock: "",
  region: "",
  reach: "every",
  regions: [],
  reason: "",
}

/** The fields in page order. */
export const fieldNames = ["region", "regions", "atlasCidrBlock", "reason"] as const

export type Snapshot = Pick<ProjectSnapshot, "here" | "otherProjects">

/** Builds the request to Atlas, valid or not. */
export function toNewContainer(providerName: ProviderName, values: NewContainerValues): NewContainer {
  const request = { containerId: newContainerMark }
  const newContainer = toDraftContainer(providerName, values)
  return toNewContainerBody({ providerName, request, newContainer }) as NewContainer
}

function toDraftContainer(
  providerName: ProviderName,
  { atlasCidrBlock, region, reach, regions }: NewContainerValues,
): NonNullable<PeeringDraft["newContainer"]> {
  return {
    atlasCidrBlock: atlasCidrBlock.trim(),
    ...(providerName !== "GCP" && { region: readRegionName(providerName, region) ?? region.trim() }),
    ...(providerName === "GCP" && reach === "some" && { regions }),
  }
}

/** Runs the rules for new containers on the form. */
export function checkValues(
  providerName: ProviderName,
  values: NewContainerValues,
  snapshot: Snapshot,
): Check[] {
  return checkNewContainer(providerName, toDraftContainer(providerName, values), snapshot)
}

/** Finds the errors of the form, field → sentence. */
export function findErrors(
  providerName: ProviderName,
  values: NewContainerValues,
  snapshot: Snapshot,
): Partial<Record<string, string>> {
  const errors: Partial<Record<string, string>> = {}
  const lacksRegions = providerName === "GCP" && values.reach === "some" && values.regions.length === 0
  if (lacksRegions) errors["regions"] = "Choose at least one region"
  const wrong = checkValues(providerName, values, snapshot)
    .filter(({ id, status }) => status === "red" || (id === "fields" && status === "open"))
    // The size depends on the number of regions.
    .filter(({ id }) => !lacksRegions || id !== "container-size")
  for (const { field, says } of wrong) if (field !== null) errors[field] ??= says
  const reason = findMistake(ChangeReason.shape.reason, values.reason)
  if (reason !== undefined) errors["reason"] = reason
  return errors
}

/** Returns the first thing about the CIDR that Atlas allows and the person may not intend; null without one. */
export function findNote(checks: readonly Check[]): string | null {
  const isRemark = ({ id, status }: Check) =>
    (status === "note" || status === "amber") &&
    (id === "overlap-other-projects" || id === "well-known-block")
  return checks.find(isRemark)?.says ?? null
}

/** Maps a field name of the request to the form's field: `regionName` → `region`. */
export function toFormField(name: string): string {
  return name === "regionName" ? "region" : (name.split(".")[0] ?? name)
}
