import {
  findRequestField,
  listCidrSpellings,
  listRegionSpellings,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { quote } from "#formats/phrases.ts"
import { toPlain } from "#formats/plain.ts"
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
  if (typed.length > longest) return null
  if (field === "networkBlocks" || field === "peeredBlocks") return fromList(typed)
  const { value, problem } = parseFieldValue(field, cloud, typed)
  if (problem === null && value === typed) return null
  const plain = toPlain(typed).replace(/[–—]/g, "-")
  for (const text of [trim(plain), unwrap(plain)]) {
    // Several ARNs, or one of something else, have no single meaning.
    const isOther = text === "" || text.startsWith("arn:")
    const found = fromLink(field, cloud, text) ?? (isOther ? null : fromSpelling(field, cloud, typed, text))
    if (found !== null) return found
  }
  return null
}

/** Removes spaces, quotes and separators around a text. */
const trim = (text: string) => text.replace(/^[\s"'`,;]+|[\s"'`,;]+$/g, "")

/** Removes brackets too, and the full stop of the sentence that it was copied from. */
const unwrap = (text: string) =>
  text.replace(/^[\s"'`,;:.。*<>\p{Ps}\p{Pe}\p{Pi}\p{Pf}]+|[\s"'`,;:.。*<>\p{Ps}\p{Pe}\p{Pi}\p{Pf}]+$/gu, "")

const separators = /[\s,;]+/

/** Reads a list of blocks, as JSON or Terraform writes one. */
function fromList(typed: string): NormalisedField | null {
  const blocks = toPlain(typed).split(separators).map(unwrap).filter(Boolean)
  const isRight = blocks.join() === typed.split(separators).filter(Boolean).join()
  return isRight ? null : { value: blocks.join(", "), why: strayRemoved }
}

const strayRemoved = "stray characters removed"

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
    if (problem === null) return value === typed ? null : { value, why: sayWhy(field, typed, text, value) }
  }
  return null
}

/** Lists ways to write the same value, as it was typed first. */
function listSpellings(field: PastedField, text: string): string[] {
  if (field === "atlasCidrBlock") return [text, ...listCidrSpellings(text)]
  if (field === "region" || field === "regions") return [text, ...listRegionSpellings(text)]
  return [text, ...(findRequestField(field)?.spellings?.(text) ?? [])]
}

function sayWhy(field: PastedField, typed: string, text: string, value: string): string {
  if (value === text) return value.length < typed.length ? strayRemoved : "special characters replaced"
  if (["routeTableCidrBlock", "atlasCidrBlock"].includes(field)) {
    const written = text.replace(/\s/g, "")
    if (written.includes("-")) return "the CIDR of this range"
    return written === value ? "spaces removed" : `${quote(written)} isn't the start of its CIDR`
  }
  if (field === "accepterRegionName") return `AWS's name for ${quote(text)}`
  if (field === "region" || field === "regions") return `Atlas's name for ${quote(text)}`
  if (value === text.toLowerCase()) return "written in lower case"
  return field === "awsAccountId" ? "12 digits without separators" : `read from ${quote(text)}`
}
