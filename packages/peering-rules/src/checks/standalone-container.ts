import {
  newContainerMark,
  type Check,
  type PeeringDraft,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { toDraftReading, toFacts } from "#draft/parse-draft.ts"
import type { ProjectSnapshot } from "#draft/project-snapshot.ts"
import { checkContainerChoice } from "./container-choice-checks.ts"
import { checkFields } from "./field-checks.ts"
import { checkRegionAndBlock } from "./new-container-checks.ts"
import { checkOtherProjects } from "./other-project-checks.ts"

/** Runs the checks about a new container, for one that is created without a peering. */
export function checkNewContainer(
  providerName: ProviderName,
  newContainer: NonNullable<PeeringDraft["newContainer"]>,
  { here, otherProjects }: Pick<ProjectSnapshot, "here" | "otherProjects">,
): Check[] {
  const draft = { providerName, request: { containerId: newContainerMark }, newContainer }
  const whole = toDraftReading(draft, toFacts({ here, otherProjects, peersPerProject: 0, now: 0 }))
  const reading = { ...whole, fields: whole.fields.filter(({ ofNewContainer }) => ofNewContainer) }
  return [
    ...checkFields(reading),
    ...checkRegionAndBlock(reading),
    ...checkContainerChoice(reading),
    ...checkOtherProjects(reading),
  ]
}
