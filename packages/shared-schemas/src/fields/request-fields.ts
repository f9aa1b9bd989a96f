import type { ProviderName } from "#clouds/provider.ts"
import { readTerraformStateId } from "#values/terraform-state-id.ts"
import { awsFields, awsKnownBlocks } from "./aws.ts"
import { azureFields, azureKnownBlocks } from "./azure.ts"
import { atlasCidrRule } from "./cidr-rules.ts"
import { expected, suggest, type FieldRule, type FieldTable, type FormField } from "./field.ts"
import { gcpFields, gcpKnownBlocks } from "./gcp.ts"

/** The fields that describe the network in a request of each cloud, in the order of the form. */
export const requestFields: Readonly<Record<ProviderName, FieldTable>> = {
  AWS: awsFields,
  GCP: gcpFields,
  AZURE: azureFields,
}

/** Fields of each cloud's form with known CIDRs, which are not sent to Atlas. */
export const knownBlockFields: Readonly<Record<ProviderName, Readonly<Record<string, FormField>>>> = {
  AWS: awsKnownBlocks,
  GCP: gcpKnownBlocks,
  AZURE: azureKnownBlocks,
}

/** The container, which a request of every cloud has. */
export const containerField: FieldRule = {
  missing: "Choose a container",
  rule: (text) => {
    if (/^[0-9a-f]{24}$/.test(text)) return null
    if (/^[0-9a-f]{24}$/i.test(text)) return suggest("Use lower case:", text.toLowerCase())
    const ofState = readTerraformStateId(text)?.["container_id"]
    if (ofState !== undefined) return suggest("Enter only the container ID:", ofState)
    return expected(text, "An Atlas container ID has 24 hexadecimal digits (0-9, a-f)")
  },
}

/** The CIDR of a new container. */
export const atlasCidrField: FieldRule = { missing: "Enter the Atlas CIDR", rule: atlasCidrRule }

/** Lists the names of a request's fields as Atlas documents them, without the cloud's. */
export function listRequestNames(providerName: ProviderName): string[] {
  return ["containerId", ...Object.keys(requestFields[providerName]).toSorted()]
}

/** Returns a field of the request of any cloud by its name. */
export function findRequestField(name: string) {
  return Object.values(requestFields)
    .flatMap((table) => (Object.hasOwn(table, name) ? (table[name] ?? []) : []))
    .at(0)
}
