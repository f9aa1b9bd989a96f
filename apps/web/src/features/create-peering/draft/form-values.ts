import { toNewContainerBody, toVnetScope, type AzureNetwork } from "@peering-desk/peering-rules"
import {
  CreatePeering,
  explainNetworkBlocks,
  newContainerMark,
  readRegionName,
  type AwsPeeringRequest,
  type AzurePeeringRequest,
  type GcpPeeringRequest,
  type NetworkFacts,
  type PeeringDraft,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import type { FieldError, FieldErrors, Resolver } from "react-hook-form"

type RequestField = keyof AwsPeeringRequest | keyof GcpPeeringRequest | keyof AzurePeeringRequest

/** The content of one cloud's form, flat and as texts. `cloud-fields.ts` lists the fields of each cloud. */
export interface FormValues extends Partial<Record<Exclude<RequestField, "providerName">, string>> {
  providerName: ProviderName
  /** Further CIDRs of the network, comma-separated. Used for checks, not sent to Atlas. */
  networkBlocks: string
  /** Azure and Google Cloud: CIDRs of the networks that the network is peered with, comma-separated, or `none`. Not sent to Atlas. */
  peeredBlocks?: string
  /** `NetworkFacts` of a look-up as JSON; empty without one. Not sent to Atlas. */
  facts?: string
  /** Azure only: scope of the VNet on which the person confirmed Atlas's role. Not sent. */
  permittedFor?: string
  /** Id of a container, or "new". The next two fields describe the new one. */
  containerId: string
  atlasCidrBlock: string
  /** On Google Cloud any number of regions, comma-separated; empty means every region. */
  region: string
  /** Id of a failed connection that is deleted first; empty for none. */
  replaces: string
}

export type FieldName = Exclude<keyof FormValues, "providerName">

/** Splits comma-separated regions and drops duplicates. */
export function splitRegions(region: string): string[] {
  const regions = region.split(",").map((one) => one.trim())
  return [...new Set(regions)].filter((one) => one !== "")
}

function splitBlocks(text: string): string[] {
  return text.split(/[\s,;]+/).filter((block) => block !== "")
}

/** Builds the draft that preflight checks. */
export function toDraft(values: FormValues): PeeringDraft {
  const {
    atlasCidrBlock,
    region,
    networkBlocks: own,
    peeredBlocks: peered,
    permittedFor: _,
    facts,
    replaces,
    ...fields
  } = values
  const { providerName } = fields
  const request: Record<string, string> = fields
  const [networkBlocks, peeredBlocks] = [splitBlocks(own), splitBlocks(peered ?? "")]
  const draft = {
    providerName,
    request,
    ...(networkBlocks.length > 0 && { networkBlocks }),
    ...(peeredBlocks.length > 0 && { peeredBlocks }),
    ...(facts && { facts: JSON.parse(facts) as NetworkFacts }),
    ...(replaces !== "" && { replaces }),
  }
  if (fields.containerId !== newContainerMark) return draft
  if (providerName !== "GCP")
    return {
      ...draft,
      newContainer: { atlasCidrBlock, region: readRegionName(providerName, region) ?? region },
    }
  const regions = splitRegions(region)
  return { ...draft, newContainer: { atlasCidrBlock, ...(regions.length > 0 && { regions }) } }
}

/** Builds the content of a create request, valid or not. */
export function toCreateContent(
  values: FormValues,
): Pick<CreatePeering, "request" | "newContainer" | "networkBlocks" | "peeredBlocks" | "facts" | "replaces"> {
  const draft = toDraft(values)
  const { providerName: _, newContainer: _typed, request, ...known } = draft
  const newContainer = toNewContainerBody(draft)
  return { request, ...(newContainer && { newContainer }), ...known } as ReturnType<typeof toCreateContent>
}

/** Returns the parts of the VNet's name that are filled in. */
export function toAzureNetwork(values: FormValues): AzureNetwork & { vnetName: string | null } {
  return {
    azureDirectoryId: values.azureDirectoryId || null,
    azureSubscriptionId: values.azureSubscriptionId || null,
    resourceGroupName: values.resourceGroupName || null,
    vnetName: values.vnetName || null,
  }
}

/** Tells if every part of an Azure network's name is filled in. */
export function isNamed(network: AzureNetwork): boolean {
  return Object.values(network).every((name) => name !== null)
}

/** Tells if the person still has to confirm Atlas's role on the named VNet. */
export function lacksPermission(values: FormValues): boolean {
  if (values.providerName !== "AZURE") return false
  const network = toAzureNetwork(values)
  return isNamed(network) && values.permittedFor !== toVnetScope(network)
}

/** Overwrites values with those of a draft. Fields that the draft lacks or leaves empty stay. */
export function fillFrom(values: FormValues, draft: PeeringDraft): FormValues {
  const { request, newContainer, networkBlocks, peeredBlocks, facts, replaces } = draft
  const filled: Record<string, string> = {
    ...Object.fromEntries(Object.entries(request).filter(([, value]) => value !== "")),
    ...(newContainer && {
      atlasCidrBlock: newContainer.atlasCidrBlock,
      region: newContainer.region ?? newContainer.regions?.join(",") ?? "",
    }),
    // An empty list belongs to another network of which no CIDR is known, so it clears the field.
    ...(networkBlocks && { networkBlocks: networkBlocks.join(", ") }),
    ...(peeredBlocks && { peeredBlocks: peeredBlocks.join(", ") }),
    ...(facts && { facts: JSON.stringify(facts) }),
    ...(replaces !== undefined && { replaces }),
    providerName: values.providerName,
  }
  const merged = Object.entries(values).map(([name, value]) => [name, filled[name] ?? value])
  return Object.fromEntries(merged) as FormValues
}

/** Maps a field name of the server or of a check to the form's field: `newContainer.regionName` → `region`. */
export function toFieldName(name: string): string {
  const last = name.replace(/^(request|newContainer)\./, "")
  return /^region(Name|s(\.\d+)?)$/.test(last) ? "region" : last
}

/** Validates the form by the schema of the create request. The reason has a separate form. */
export const resolveValues: Resolver<FormValues> = (values) => {
  const parsed = CreatePeering.safeParse({ ...toCreateContent(values), reason: "in its own form" })
  const errors: Record<string, FieldError> = {}
  for (const { path, message } of parsed.error?.issues ?? [])
    errors[toFieldName(path.join("."))] ??= { type: "custom", message }
  // Other peered networks may have names in place of CIDRs, or be none.
  const message = explainNetworkBlocks(splitBlocks(values.networkBlocks))
  if (message !== null) errors["networkBlocks"] = { type: "custom", message }
  if (lacksPermission(values))
    errors["permittedFor"] = {
      type: "custom",
      message: "Confirm the role assignment first. Azure rejects the request without it.",
    }
  return Object.keys(errors).length === 0
    ? { values, errors: {} }
    : { values: {}, errors: errors as FieldErrors<FormValues> }
}
