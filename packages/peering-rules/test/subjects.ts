import {
  awsRegions,
  azureRegions,
  formatCidr,
  gcpRegions,
  isPlainText,
  newContainerMark,
  toAwsRegionId,
  toCanonicalCidr,
  type PeeringDraft,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import fc from "fast-check"
import type { ExportSubject } from "#export/export-subject.ts"
import { drafts } from "./drafts.ts"

export const projectId = "64b1f0a27c3d5e4f8a9b0c1d"

export const clouds = ["AWS", "GCP", "AZURE"] as const satisfies ProviderName[]

export function subjectOf(draft: PeeringDraft, more: Partial<ExportSubject> = {}): ExportSubject {
  return { projectId, draft, container: null, peerId: null, ...more }
}

/** Values that break out of a word, a string or a line where quoting has a gap. */
export const hostile = [
  "'; rm -rf /",
  `" ; rm -rf / #`,
  "two words",
  " around ",
  "first\nsecond\r\nthird\n",
  "-rf",
  "--all",
  "$(touch /tmp/broken-out)",
  "`touch /tmp/broken-out`",
  "${HOME} $HOME %{ if true } %{HOME} $${x} $$${x} %%{ $",
  "\\",
  "\\n \\' \\\" \\u0041",
  "Überführung 京都 🚀",
  "\u2028\u2029\u0085\u007f\ufeff",
  "a: b # c",
  "- [x] {y}",
  "\t& | ; < > * ? ~ ! ^",
  "yes",
  "0123",
  "null",
  "}",
  "EOF\n",
]

/** Any text, with special characters more often than by chance. */
export const anyText = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(...Array.from("'\"\\$%{}()`#&;|<>*?!~=-: \n\t[],@a")), maxLength: 30 }),
)

/** Any text of which a command may be made: without control and invisible characters, and not empty. */
export const anyPlain = anyText
  .map((text) => text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu, ""))
  .filter((text) => text !== "" && isPlainText(text))

/** Any text but a blank one, which counts as not filled in. */
const anyFilled = anyText.filter((text) => text.trim() !== "")

/** Returns a draft with the same text in every field. */
export function draftOf(providerName: ProviderName, text: string): PeeringDraft {
  const names = Object.keys(drafts[providerName].request)
  return { providerName, request: Object.fromEntries(names.map((name) => [name, text])) }
}

/** A draft with a different text in every field, none blank. */
export const anyDraft: fc.Arbitrary<PeeringDraft> = fc.constantFrom(...clouds).chain((providerName) => {
  const fields = Object.keys(drafts[providerName].request).map((name) => [name, anyFilled] as const)
  return fc.record(Object.fromEntries(fields)).map((request) => ({ providerName, request }))
})

/** A draft like `anyDraft` with a new container. */
export const anyNewDraft: fc.Arbitrary<PeeringDraft> = fc
  .tuple(anyDraft, anyFilled, anyFilled, fc.uniqueArray(anyFilled, { minLength: 1, maxLength: 3 }))
  .map(([draft, atlasCidrBlock, region, regions]) => ({
    ...draft,
    request: { ...draft.request, containerId: newContainerMark },
    newContainer: { atlasCidrBlock, ...(draft.providerName === "GCP" ? { regions } : { region }) },
  }))

const hex = (length: number) =>
  fc.string({
    unit: fc.constantFrom(...Array.from("0123456789abcdef")),
    minLength: length,
    maxLength: length,
  })
const word = (forms: string, first: string, maxLength: number) =>
  fc
    .tuple(
      fc.constantFrom(...Array.from(first)),
      fc.string({ unit: fc.constantFrom(...Array.from(forms)), maxLength }),
      fc.constantFrom(...Array.from(first)),
    )
    .map((parts) => parts.join(""))
const small = "abcdefghijklmnopqrstuvwxyz"
const name = word(`${small}0123456789-`, small, 20).map((text) => text.padEnd(6, "x"))
const azureName = word(`${small}ABC0123456789-_.()`, `${small}ABC`, 30)
const vnetName = word(`${small}ABC0123456789-_.`, `${small}ABC`, 30)
const uuid = fc.uuid()

/** A private block, of 10.0.0.0/8. */
const block = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 24 - 1 }), fc.integer({ min: 8, max: 28 }))
  .map(([low, prefix]) => formatCidr(toCanonicalCidr({ network: 10 * 2 ** 24 + low, prefix })))

const requests: Record<ProviderName, fc.Arbitrary<Record<string, string>>> = {
  AWS: fc.record({
    accepterRegionName: fc.constantFrom(...Object.keys(awsRegions).map(toAwsRegionId)),
    awsAccountId: fc.string({
      unit: fc.constantFrom(...Array.from("0123456789")),
      minLength: 12,
      maxLength: 12,
    }),
    routeTableCidrBlock: block,
    vpcId: fc.oneof(hex(8), hex(17)).map((digits) => `vpc-${digits}`),
  }),
  GCP: fc.record({ gcpProjectId: name, networkName: name }),
  AZURE: fc.record({
    azureDirectoryId: uuid,
    azureSubscriptionId: uuid,
    resourceGroupName: azureName,
    vnetName,
  }),
}

const places: Record<ProviderName, fc.Arbitrary<{ region?: string; regions?: string[] }>> = {
  AWS: fc.record({ region: fc.constantFrom(...Object.keys(awsRegions)) }),
  AZURE: fc.record({ region: fc.constantFrom(...Object.keys(azureRegions)) }),
  GCP: fc.oneof(
    fc.constant({}),
    fc.record({
      regions: fc.uniqueArray(fc.constantFrom(...Object.keys(gcpRegions)), { minLength: 1, maxLength: 5 }),
    }),
  ),
}

/** A draft that every rule takes, with an existing or a new container. */
export const validDraft: fc.Arbitrary<PeeringDraft> = fc.constantFrom(...clouds).chain((providerName) =>
  fc
    .tuple(
      requests[providerName],
      hex(24),
      fc.option(fc.tuple(block, places[providerName]), { nil: undefined }),
    )
    .map(([request, containerId, container]) =>
      container === undefined
        ? { providerName, request: { containerId, ...request } }
        : {
            providerName,
            request: { containerId: newContainerMark, ...request },
            newContainer: { atlasCidrBlock: container[0], ...container[1] },
          },
    ),
)

/**
 * Returns a text as Terraform's parser reads a literal: in normal form C, with the mark before a brace still doubled. A single mark
 * would be a template.
 */
export function toHclRead(text: string): string {
  return text.normalize().replace(/([$%])\{/g, "$1$1{")
}
