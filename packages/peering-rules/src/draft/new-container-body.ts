import type { PeeringDraft } from "@peering-desk/shared-schemas"
import { isForNewContainer, toNewRegions } from "./draft-fields.ts"

/** Returns the body that creates the draft's new container (Atlas: Create One New Container); null without a new one. */
export function toNewContainerBody(draft: PeeringDraft): Record<string, string | string[]> | null {
  if (!isForNewContainer(draft)) return null
  const { providerName, newContainer } = draft
  const regions = toNewRegions(draft)
  const block = newContainer?.atlasCidrBlock ?? ""
  const region = newContainer?.region ?? ""
  return {
    providerName,
    ...(block !== "" && { atlasCidrBlock: block }),
    ...(providerName === "AWS" && region !== "" && { regionName: region }),
    ...(providerName === "AZURE" && region !== "" && { region }),
    ...(providerName === "GCP" && regions.length > 0 && { regions }),
  }
}
