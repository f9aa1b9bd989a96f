import type { PeeringDraft } from "@peering-desk/shared-schemas"
import { isForNewContainer, toNewRegions } from "./draft-fields.ts"

/** The container that a draft would have made, in the words of Atlas's API (Create One New Container); null when there is none to be made. */
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
