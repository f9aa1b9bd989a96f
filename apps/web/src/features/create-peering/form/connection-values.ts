import { toVnetScope, type AzureNetwork } from "@peering-desk/peering-rules"
import {
  CreatePeering,
  newContainerMark,
  readRegionName,
  type AwsPeeringRequest,
  type AzurePeeringRequest,
  type GcpPeeringRequest,
  type PeeringDraft,
} from "@peering-desk/shared-schemas"
import type { FieldError, FieldErrors, Resolver } from "react-hook-form"

/** The fields of a container that is to be made; they count while `containerId` is "new". */
interface NewContainerValues {
  atlasCidrBlock: string
  /** On Google Cloud any number of regions, with commas between; none means every region. */
  region: string
}

/** All the forms have these beside the fields of the request. */
interface OtherValues extends NewContainerValues {
  /** What is known of the network's addresses, with commas between; Atlas's side is held against it, and Atlas is not told of it. */
  networkBlocks: string
}

export type AwsValues = AwsPeeringRequest & OtherValues
export type GcpValues = GcpPeeringRequest & OtherValues
export type AzureValues = AzurePeeringRequest &
  OtherValues & {
    /** The VNet of which the person says that Atlas has its role there, as Azure addresses it; no part of what is sent. */
    permittedFor: string
  }

/** All that one form of a cloud holds, flat and as texts. */
export type ConnectionValues = AwsValues | GcpValues | AzureValues

/** Each region once. */
export function splitRegions(region: string): string[] {
  const regions = region.split(",").map((one) => one.trim())
  return [...new Set(regions)].filter((one) => one !== "")
}

/** What is filled in so far, as preflight reads it. */
export function toDraft({
  atlasCidrBlock,
  region,
  networkBlocks: known,
  ...values
}: ConnectionValues): PeeringDraft {
  const request = toRequest(values)
  const { providerName } = request
  const networkBlocks = known.split(/[\s,;]+/).filter((block) => block !== "")
  const draft = { providerName, request, ...(networkBlocks.length > 0 && { networkBlocks }) }
  if (request.containerId !== newContainerMark) return draft
  const regions = splitRegions(region)
  const where =
    providerName !== "GCP"
      ? { region: readRegionName(providerName, region) ?? region }
      : regions.length > 0
        ? { regions }
        : {}
  return { ...draft, newContainer: { atlasCidrBlock, ...where } }
}

function toRequest(values: Omit<ConnectionValues, keyof OtherValues>) {
  if (!("permittedFor" in values)) return values
  const { permittedFor: _, ...request } = values
  return request
}

/** What names the network on Azure, as far as it is filled in. */
export function toAzureNetwork(values: AzureValues): AzureNetwork & { vnetName: string | null } {
  return {
    azureDirectoryId: values.azureDirectoryId || null,
    azureSubscriptionId: values.azureSubscriptionId || null,
    resourceGroupName: values.resourceGroupName || null,
    vnetName: values.vnetName || null,
  }
}

/** Whether all is filled in that names a network on Azure. */
export function isNamed(network: AzureNetwork): boolean {
  return Object.values(network).every((name) => name !== null)
}

/** Whether the connection waits for the person's word that Atlas has its role on the VNet that is named. */
export function lacksPermission(values: ConnectionValues): boolean {
  if (values.providerName !== "AZURE") return false
  const network = toAzureNetwork(values)
  return isNamed(network) && values.permittedFor !== toVnetScope(network)
}

/** Puts what a draft holds over values; what it does not name, or leaves empty, stays as it is. */
export function fillFrom<Values extends ConnectionValues>(values: Values, draft: PeeringDraft): Values {
  const { request, newContainer, networkBlocks } = draft
  const ofContainer = newContainer && {
    atlasCidrBlock: newContainer.atlasCidrBlock,
    region: newContainer.region ?? newContainer.regions?.join(",") ?? "",
  }
  const named = Object.entries(request).filter(([, value]) => value !== "")
  const given: Record<string, string> = {
    ...Object.fromEntries(named),
    ...ofContainer,
    // An empty list says that another network was named, of which nothing is known.
    ...(networkBlocks && { networkBlocks: networkBlocks.join(", ") }),
  }
  const filled = Object.entries(values).map(([name, value]) => [
    name,
    name === "providerName" ? value : (given[name] ?? value),
  ])
  return Object.fromEntries(filled) as Values
}

/** What the form asks for, whether or not it is right. */
export function toWanted(
  values: ConnectionValues,
): Pick<CreatePeering, "request" | "newContainer" | "networkBlocks"> {
  const { request, newContainer, networkBlocks } = toDraft(values)
  const { providerName } = values
  const wanted = newContainer && {
    providerName,
    atlasCidrBlock: newContainer.atlasCidrBlock,
    ...(providerName === "AWS" && { regionName: newContainer.region }),
    ...(providerName === "AZURE" && { region: newContainer.region }),
    ...(newContainer.regions && { regions: newContainer.regions }),
  }
  return {
    request,
    ...(wanted && { newContainer: wanted }),
    ...(networkBlocks && { networkBlocks }),
  } as Pick<CreatePeering, "request" | "newContainer" | "networkBlocks">
}

/** The form's field for what the server or a check calls by a longer or another name. */
export function toFieldName(name: string): string {
  const last = name.replace(/^(request|newContainer)\./, "")
  return /^region(Name|s(\.\d+)?)$/.test(last) ? "region" : last
}

/** Looks at the form by the schema of what is sent, whose `reason` has a form of its own. */
export const resolveValues: Resolver<ConnectionValues> = (values) => {
  const parsed = CreatePeering.safeParse({ ...toWanted(values), reason: "told elsewhere" })
  const errors: Record<string, FieldError> = {}
  for (const { path, message } of parsed.error?.issues ?? [])
    errors[toFieldName(path.join("."))] ??= { type: "custom", message }
  if (lacksPermission(values))
    errors["permittedFor"] = {
      type: "custom",
      message: "Tick it once that is so: without the role, Azure refuses Atlas",
    }
  return Object.keys(errors).length === 0
    ? { values, errors: {} }
    : { values: {}, errors: errors as FieldErrors<ConnectionValues> }
}
