import {
  knownBlockFields,
  nameKind,
  requestFields,
  type FormField,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import type { ComponentProps } from "react"
import type { FormTextField } from "#forms/FormTextField.tsx"
import type { FieldName, FormValues } from "./form-values.ts"

/** Points out a name that is allowed but looks like an id of something else. Many names end in a number, as regions do. */
function warnAboutName(name: string): string | null {
  const kind = nameKind(name)
  return kind === null || kind === "an AWS region" ? null : `Looks like ${kind}. Keep it if that is the name.`
}

/** Lists the fields of a cloud that describe the network, in page order, those for checks only last. */
export function listNetworkFields(providerName: ProviderName): [FieldName, FormField][] {
  const fields = { ...requestFields[providerName], ...knownBlockFields[providerName] }
  return Object.entries(fields) as [FieldName, FormField][]
}

interface NetworkRow extends Pick<
  ComponentProps<typeof FormTextField<FormValues>>,
  "label" | "hint" | "inputMode" | "suggestions" | "note" | "required"
> {
  name: FieldName
}

/** Returns the rows of the fields that describe the network. */
export function toNetworkRows(providerName: ProviderName): NetworkRow[] {
  const sent = Object.entries(requestFields[providerName]).map(
    ([name, { label, hint, inputMode, suggestions, isName }]) => ({
      name: name as FieldName,
      label,
      hint,
      ...(inputMode && { inputMode }),
      ...(suggestions && { suggestions }),
      ...(isName && { note: warnAboutName }),
    }),
  )
  const forChecks = Object.entries(knownBlockFields[providerName]).map(([name, { label, hint }]) => ({
    name: name as FieldName,
    label,
    hint,
    required: false,
  }))
  return [...sent, ...forChecks]
}

/** Lists every field of a cloud's form in page order. */
export function listFieldNames(providerName: ProviderName): FieldName[] {
  return [
    ...listNetworkFields(providerName).map(([name]) => name),
    ...(providerName === "AZURE" ? (["permittedFor"] as const) : []),
    "containerId",
    "atlasCidrBlock",
    "region",
    "facts",
    "replaces",
  ]
}

/** Returns a cloud's form with nothing filled in. */
export function emptyValues(providerName: ProviderName): FormValues {
  const texts = Object.fromEntries(listFieldNames(providerName).map((name) => [name, ""]))
  return { providerName, ...(texts as Record<FieldName, string>) }
}
