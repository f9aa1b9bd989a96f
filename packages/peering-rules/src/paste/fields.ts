import {
  atlasCidrField,
  atlasRegionRules,
  containerField,
  factsOfFields,
  findRequestField,
  listRequestNames,
  providerNames,
  readRegionName,
  repairField,
  requestFields,
  type NetworkFacts,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { toText } from "#formats/unknown-json.ts"
import type { KnownBlocks, PastedField, RequestField } from "./pasted.ts"

/** The fields of all clouds' requests, each once. */
export const requestNames = [...new Set(providerNames.flatMap(listRequestNames))] as readonly RequestField[]

export function isRequestField(name: string): name is RequestField {
  return name === "containerId" || cloudOfField(name) !== null
}

/** Returns the cloud that alone has a field; null for `containerId` and what is no field of a request. */
export function cloudOfField(name: string): ProviderName | null {
  return providerNames.find((one) => Object.hasOwn(requestFields[one], name)) ?? null
}

/** Parses a cloud's name in any case. */
export function parseProviderName(value: unknown): ProviderName | null {
  const upper = toText(value)?.trim().toUpperCase()
  return providerNames.find((name) => name === upper) ?? null
}

/** Writes a value as its field wants it. `problem` is the sentence of the rule that refuses it. */
export function parseFieldValue(
  field: Exclude<PastedField, KnownBlocks>,
  cloud: ProviderName | null,
  text: string,
): ReturnType<typeof repairField> {
  if (field === "region" || field === "regions")
    return cloud === null
      ? { value: text, problem: "The cloud of this region isn't known" }
      : repairField(atlasRegionRules[cloud], readRegionName(cloud, text) ?? text)
  if (field === "atlasCidrBlock") return repairField(atlasCidrField, text)
  return repairField(findRequestField(field) ?? containerField, text)
}

/** Lists the fields of a request that a network's facts fill: its ids, and the CIDR of a VPC that has only one. */
export function listNetworkFields(facts: NetworkFacts): Record<string, string> {
  const { providerName, addresses } = facts
  const [block, ...others] = addresses?.value ?? []
  const named = Object.entries(factsOfFields[providerName]).flatMap(([name, aspect]) => {
    const value = facts[aspect]?.value
    return value ? [[name, value]] : []
  })
  const isOnlyBlock = providerName === "AWS" && block && others.length === 0
  return { ...Object.fromEntries(named), ...(isOnlyBlock && { routeTableCidrBlock: block }) }
}
