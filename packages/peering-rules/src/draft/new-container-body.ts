import type { PeeringDraft } from "@peering-desk/shared-schemas"
import { isForNewContainer, toNewRegions } from "./draft-fields.ts"

/** Returns the body that creates the draft's new container (Atlas: Create One New Container); null without a new one. */
export function toNewContainerBody(draft: PeeringDraft): Record<string, string | string[]> | null {
  if (!isForNewContainer(draft)) return null
  const { providerName, newContainer } = draft
  const region = newContainer?.region ?? ""
  const place = { AWS: { regionName: region }, AZURE: { region }, GCP: { regions: toNewRegions(draft) } }
  const fields: Record<string, string | string[]> = {
    providerName,
    atlasCidrBlock: newContainer?.atlasCidrBlock ?? "",
    ...place[providerName],
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value.length > 0))
}
