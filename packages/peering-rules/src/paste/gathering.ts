import { toText } from "#formats/unknown-json.ts"
import {
  formatCidr,
  newContainerMark,
  parseCidr,
  providerLabels,
  toCanonicalCidr,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import type { ContainerField, Pasted, PastedNote, PastedSource, RequestField } from "./pasted.ts"
import { cloudOfField, toContainerValue, toRequestValue, type FieldValue } from "./pasted-values.ts"

const mostNotes = 30
/** More than any network that a person would look through. */
const mostBlocks = 100

/** Collects what one text tells. The first value of a field stays; one that contradicts it is noted and left out. */
export interface Gathering {
  providerName: () => ProviderName | null
  /** Says whose words these are, before any field is put. */
  cloud: (providerName: ProviderName) => void
  /** Puts a value into the request, if its rule takes it. What is no text (missing, null) counts as not told. */
  put: (field: RequestField, value: unknown, from: string) => void
  /** Puts a value into the container to be made. */
  putNew: (field: ContainerField, value: unknown, from: string) => void
  /** Puts blocks of addresses that the network has. What is no IPv4 block is left out: Atlas peers over IPv4 only. */
  putBlocks: (blocks: readonly unknown[]) => void
  /** The value a field holds now. */
  value: (field: RequestField) => string | null
  note: (kind: PastedNote["kind"], says: string, field?: PastedNote["field"]) => void
  toPasted: () => Pasted
}

export function createGathering(source: PastedSource): Gathering {
  let providerName: ProviderName | null = null
  const request: Pasted["fields"]["request"] = {}
  const container: NonNullable<Pasted["fields"]["newContainer"]> = {}
  const networkBlocks = new Set<string>()
  const froms = new Map<string, string>()
  const notes: PastedNote[] = []

  function note(kind: PastedNote["kind"], says: string, field: PastedNote["field"] = null): void {
    if (notes.length < mostNotes && !notes.some((one) => one.says === says)) notes.push({ kind, field, says })
  }

  function isTakenFrom(cloud: ProviderName | null, what: string): boolean {
    if (cloud === null || providerName === null || cloud === providerName) {
      providerName ??= cloud
      return true
    }
    note(
      "contradiction",
      `${what} belongs to ${providerLabels[cloud]}, and the rest to ${providerLabels[providerName]}; it was left out.`,
    )
    return false
  }

  /** Whether a judged value is to be kept; says so when it is not, or when it is written in another way. */
  function isKept(
    field: RequestField | ContainerField,
    judged: FieldValue,
    given: string,
    from: string,
    present: string | undefined,
  ): judged is FieldValue & { value: string } {
    if (judged.value === null) {
      const named = judged.problem.startsWith(given) ? "" : `${toQuoted(given)}. `
      note("not-understood", `${from} was left out: ${named}${judged.problem}.`, field)
      return false
    }
    if (present !== undefined && present !== judged.value) {
      const first = froms.get(field)
      note(
        "contradiction",
        first === from
          ? `${from} says both ${present} and ${judged.value}; the first was taken.`
          : `${first ?? "One place"} says ${present}, and ${from} says ${judged.value}; the first was taken.`,
        field,
      )
      return false
    }
    if (judged.value !== given.trim())
      note("translated", `${toQuoted(given)} was written as ${judged.value}.`, field)
    if (present === undefined) froms.set(field, from)
    return true
  }

  return {
    providerName: () => providerName,
    cloud: (name) => void isTakenFrom(name, `The word ${name}`),
    value: (field) => request[field] ?? null,
    note,

    put(field, value, from) {
      const given = toText(value)
      if (given === null) return
      const cloud = cloudOfField[field]
      const judged = toRequestValue(field, given)
      if (!isTakenFrom(judged.value === null ? null : cloud, from)) return
      if (isKept(field, judged, given, from, request[field])) request[field] = judged.value
    },

    putNew(field, value, from) {
      if (field === "regions") {
        const given = (Array.isArray(value) ? value : [value]).slice(0, 60).map(toText)
        const regions = given.flatMap((one) => {
          if (one === null) return []
          const judged = toContainerValue(field, providerName, one)
          return isKept(field, judged, one, from, undefined) ? [judged.value] : []
        })
        if (regions.length > 0) container.regions = [...new Set(regions)]
        return
      }
      const given = toText(value)
      if (given === null) return
      const judged = toContainerValue(field, providerName, given)
      if (isKept(field, judged, given, from, container[field])) container[field] = judged.value
    },

    putBlocks(blocks) {
      for (const block of blocks) {
        const cidr = parseCidr(toText(block)?.trim() ?? "")
        if (cidr !== null) networkBlocks.add(formatCidr(toCanonicalCidr(cidr)))
      }
    },

    toPasted() {
      const further = [...networkBlocks].filter((block) => block !== request.routeTableCidrBlock)
      if (further.length > mostBlocks)
        note(
          "good-to-know",
          `It has ${further.length} blocks of addresses; only the first ${mostBlocks} are held against Atlas's.`,
          "networkBlocks",
        )
      const isNew = Object.keys(container).length > 0
      if (isNew && request.containerId === undefined) request.containerId = newContainerMark
      return {
        source,
        providerName,
        fields: {
          request,
          newContainer: isNew ? container : null,
          ...(further.length > 0 && { networkBlocks: further.slice(0, mostBlocks) }),
        },
        notes,
        choices: [],
      }
    },
  }
}

/** A value to be shown in a sentence: one line, not long. */
export function toQuoted(text: string): string {
  const line = text
    .slice(0, 400)
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, " ")
    .trim()
  if (line === "") return "something empty"
  return line.length > 80 ? `${line.slice(0, 77)}…` : line
}

/** What several things in one text have in common, with each of them to choose from. */
export function toChoices(source: PastedSource, choices: Pasted["choices"], says: string): Pasted {
  const [first, ...others] = choices.map(({ pasted }) => pasted)
  if (first === undefined) return createGathering(source).toPasted()
  const shared = createGathering(source)
  if (first.providerName !== null && others.every((one) => one.providerName === first.providerName))
    shared.cloud(first.providerName)
  for (const [field, value] of Object.entries(first.fields.request))
    if (others.every((one) => one.fields.request[field as RequestField] === value))
      shared.put(field as RequestField, value === newContainerMark ? null : value, field)
  shared.note("good-to-know", says)
  return { ...shared.toPasted(), choices: withOwnTitles(choices) }
}

/** Two things of one name get numbers, so that a person can tell which one they chose. */
function withOwnTitles(choices: Pasted["choices"]): Pasted["choices"] {
  const seen = new Map<string, number>()
  return choices.map(({ title, pasted }) => {
    const count = (seen.get(title) ?? 0) + 1
    seen.set(title, count)
    return { title: count === 1 ? title : `${title} (${count})`, pasted }
  })
}

/** Reads words of one kind, as a command lists them a line each; null when one of them is anything else. */
export function readEach(
  source: PastedSource,
  text: string,
  gather: (gathering: Gathering, word: string) => boolean,
): Pasted | null {
  const words = [...new Set(text.split(/\s+/, 1001))]
  if (words.length > 1000) return null
  const choices: Pasted["choices"][number][] = []
  for (const word of words) {
    const gathering = createGathering(source)
    if (word.length > 1000 || !gather(gathering, word)) return null
    const pasted = gathering.toPasted()
    choices.push({ title: toQuoted(Object.values(pasted.fields.request).reverse().join(", ")), pasted })
  }
  if (choices.length === 1) return choices[0]?.pasted ?? null
  return toChoices(source, choices, `There are ${choices.length} of them here; choose one.`)
}
