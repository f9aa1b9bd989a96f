import {
  AwsPeeringRequest,
  AzurePeeringRequest,
  GcpPeeringRequest,
  NewAwsContainer,
  NewAzureContainer,
  NewGcpContainer,
  parseFieldFix,
  providerNames,
  readRegionName,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { toText } from "#formats/unknown-json.ts"
import type { RequestField } from "./pasted.ts"

interface FieldRule {
  safeParse: (value: unknown) => { success: boolean; error?: { issues: readonly { message: string }[] } }
}

const shapes = {
  AWS: AwsPeeringRequest.shape,
  GCP: GcpPeeringRequest.shape,
  AZURE: AzurePeeringRequest.shape,
}
const { providerName: _, ...requestRules } = { ...shapes.AWS, ...shapes.GCP, ...shapes.AZURE }
const rules = { ...requestRules, atlasCidrBlock: NewAwsContainer.shape.atlasCidrBlock }
const gcpRegions = NewGcpContainer.shape.regions
/** The rules of a new container's region. */
const regionRules: Readonly<Record<ProviderName, FieldRule>> = {
  AWS: NewAwsContainer.shape.regionName,
  GCP: { safeParse: (region) => gcpRegions.safeParse([region]) },
  AZURE: NewAzureContainer.shape.region,
}

export const requestFields = Object.keys(requestRules) as readonly RequestField[]

export function isRequestField(name: string): name is RequestField {
  return Object.hasOwn(requestRules, name)
}

/** Returns the cloud that alone has a field; null for `containerId` and what is no field of a request. */
export function cloudOfField(name: string): ProviderName | null {
  const [cloud = null, ...others] = providerNames.filter((one) => Object.hasOwn(shapes[one], name))
  return others.length === 0 ? cloud : null
}

/** Parses a cloud's name in any case. */
export function parseProviderName(value: unknown): ProviderName | null {
  const upper = toText(value)?.trim().toUpperCase()
  return providerNames.find((name) => name === upper) ?? null
}

interface FieldValue {
  value: string
  /** The sentence of the rule that refuses the value. */
  problem: string | null
}

/** Writes a value as its field wants it. */
export function parseFieldValue(
  field: keyof typeof rules | "region" | "regions",
  cloud: ProviderName | null,
  text: string,
): FieldValue {
  if (field !== "region" && field !== "regions") return repair(rules[field], text.trim())
  if (cloud === null) return { value: text, problem: "The cloud of this region isn't known" }
  return repair(regionRules[cloud], readRegionName(cloud, text) ?? text.trim())
}

/** Follows the fixes that the rule itself names: first the spaces, then the form, then the case. */
function repair(rule: FieldRule, value: string, fixes = 3): FieldValue {
  const { success, error } = rule.safeParse(value)
  if (success) return { value, problem: null }
  const problem = error?.issues[0]?.message ?? "Invalid value"
  const fix = fixes === 0 ? null : parseFieldFix(problem)
  return fix === null ? { value, problem } : repair(rule, fix, fixes - 1)
}
