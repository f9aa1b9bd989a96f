import {
  findRequestField,
  listCidrSpellings,
  listRegionSpellings,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { quote } from "#formats/phrases.ts"
import { parseFieldValue } from "./fields.ts"
import { readArns, readLinks } from "./links.ts"
import type { KnownBlocks, Pasted, PastedField } from "./pasted.ts"
import { readText } from "./text.ts"

/** A typed value as its field needs it. */
export interface NormalisedField {
  value: string
  /** Values of other fields that the same text names, as an ARN names an account. */
  others?: Partial<Record<PastedField, string>>
  /** The reason for the change, after “Changed to 10.0.0.0/16:”, without a full stop. */
  why: string
}

/** Longer than any link of a console. */
const longest = 2000

/**
 * Returns the one obvious meaning of what a person typed: `1234-5678-9012`, an ARN, `US_EAST_1` for a VPC region. Null when the
 * text is right already, or has no single meaning for this field.
 */
export function normaliseField(
  field: PastedField,
  cloud: ProviderName,
  typed: string,
): NormalisedField | null {
  if (field === "networkBlocks" || field === "peeredBlocks" || typed.length > longest) return null
  const text = strip(typed)
  if (text === "") return null
  // Several ARNs, or one of something else, have no single meaning.
  return (
    fromLink(field, cloud, text) ?? (text.startsWith("arn:") ? null : fromSpelling(field, cloud, typed, text))
  )
}

/** Removes spaces and quotes around a text, characters that nobody sees, and percent-encoding of slashes. */
function strip(typed: string): string {
  return typed
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, "")
    .replace(/\u00a0/g, " ")
    .replace(/%2f/gi, "/")
    .replace(/^[\s"'`“”„‘’,;]+|[\s"'`“”„‘’,;]+$/g, "")
}

const linkNames: Partial<Record<Pasted["source"], string>> = {
  "aws-arn": "the ARN",
  "azure-resource-id": "the resource ID",
  "gcp-self-link": "the link",
  "aws-console": "the console address",
}

function fromLink(field: PastedField, cloud: ProviderName, text: string): NormalisedField | null {
  const pasted = readLink(text)
  const from = pasted === null ? undefined : linkNames[pasted.source]
  if (pasted?.providerName !== cloud || from === undefined || pasted.choices.length > 0) return null
  const { [field as keyof typeof pasted.fields.request]: value, ...others } = pasted.fields.request
  if (value === undefined || value === text) return null
  const why = `read from ${from}`
  return Object.keys(others).length === 0 ? { value, why } : { value, others, why }
}

function readLink(text: string): Pasted | null {
  if (text.startsWith("arn:")) return readArns(text)
  if (/\s/.test(text) || !text.includes("/")) return null
  const link = readLinks("azure-resource-id", text) ?? readLinks("gcp-self-link", text)
  return link ?? (text.startsWith("https://") ? readText(text) : null)
}

function fromSpelling(
  field: Exclude<PastedField, KnownBlocks>,
  cloud: ProviderName,
  typed: string,
  text: string,
): NormalisedField | null {
  for (const one of listSpellings(field, text)) {
    const { value, problem } = parseFieldValue(field, cloud, one)
    if (problem === null) return value === typed ? null : { value, why: sayWhy(field, text, value) }
  }
  return null
}

/** Lists ways to write the same value, as it was typed first. */
function listSpellings(field: PastedField, text: string): string[] {
  if (field === "atlasCidrBlock") return [text, ...listCidrSpellings(text)]
  if (field === "region" || field === "regions") return [text, ...listRegionSpellings(text)]
  return [text, ...(findRequestField(field)?.spellings?.(text) ?? [])]
}

function sayWhy(field: PastedField, text: string, value: string): string {
  if (value === text) return "spaces and quotes removed"
  if (["routeTableCidrBlock", "atlasCidrBlock"].includes(field)) {
    const written = text.replace(/\s/g, "")
    if (/[-–—]/.test(written)) return "the CIDR of this range"
    return written === value ? "spaces removed" : `${quote(written)} isn't the start of its CIDR`
  }
  if (field === "accepterRegionName") return `AWS's name for ${quote(text)}`
  if (field === "region" || field === "regions") return `Atlas's name for ${quote(text)}`
  if (value === text.toLowerCase()) return "written in lower case"
  return field === "awsAccountId" ? "12 digits without separators" : `read from ${quote(text)}`
}
