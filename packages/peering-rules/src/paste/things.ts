import { newContainerMark, type ProviderName } from "@peering-desk/shared-schemas"
import { findText, listTexts, toFacts, type Facts } from "#formats/facts.ts"
import { quote } from "#formats/phrases.ts"
import { parseProviderName } from "./fields.ts"
import { PastedBuilder } from "./pasted-builder.ts"
import type { Pasted, PastedField, PastedSource, RequestField } from "./pasted.ts"

/**
 * A rule of what to do with facts. The values at a path go into a field; they are "from" the last name of the path unless `from` says otherwise.
 * A sentence is noted: `{path}` is replaced by a value of the facts or of a field and requires one, `{?path}` only requires one,
 * `{!path}` requires its absence. A function does anything else.
 */
export type Rule =
  | readonly [path: string, field: PastedField | "providerName", from?: string]
  | string
  | ((builder: PastedBuilder, facts: Facts) => void)

/** One kind of thing that a text describes. */
export interface Kind {
  source: PastedSource
  cloud?: ProviderName | null | undefined
  /** Several of them, for "There are 3 …". */
  several?: string
  /** In the order in which they apply: the first value of a field stays. */
  rules: readonly Rule[]
}

/** A kind of thing in JSON. */
export interface JsonKind extends Kind {
  /**
   * Lists the things of this kind in the JSON values of a text, each with the texts of its `title`; none when they are anything
   * else. All but Azure's look into the first value only.
   * @param region the one that the command above the values names
   */
  find: (values: readonly unknown[], region: string | null) => readonly unknown[]
}

/** More values than any list of a cloud has. */
const mostValues = 2000
/** More than anybody looks through. */
export const mostChoices = 1000

export function applyRules(builder: PastedBuilder, facts: Facts, rules: readonly Rule[]): void {
  for (const rule of rules) {
    if (typeof rule === "function") rule(builder, facts)
    else if (typeof rule === "string") noteSentence(builder, facts, rule)
    else {
      const [path, field, from = path.slice(path.lastIndexOf(".") + 1)] = rule
      for (const value of (facts.get(path) ?? []).slice(0, mostValues))
        if (field !== "providerName") builder.put(field, value, from)
        else builder.setCloud(parseProviderName(value))
    }
  }
}

function noteSentence(builder: PastedBuilder, facts: Facts, sentence: string): void {
  let isComplete = true
  const text = sentence.replace(/\{([?!]?)([^}]+)\}/g, (_, mark: string, path: string) => {
    const value = findText(facts, path) ?? builder.get(path as PastedField)
    isComplete &&= (value === null) === (mark === "!")
    return mark === "" ? quote(value ?? "") : ""
  })
  if (isComplete) builder.note(text)
}

/** Puts a value into a field that has none so far. */
export function fill(path: string, field: PastedField): Rule {
  return (builder, facts) => {
    if (builder.get(field) === null) applyRules(builder, facts, [[path, field]])
  }
}

export function readThing({ source, cloud = null, rules }: Kind, facts: Facts = new Map()): Pasted {
  const builder = new PastedBuilder()
  builder.setCloud(cloud)
  applyRules(builder, facts, rules)
  return builder.build(source)
}

/** Reads all things of one kind, for a person to choose among several. Null without one. */
export function readThings(kind: Kind, things: readonly unknown[]): Pasted | null {
  const all = things.slice(0, mostChoices).map(toFacts)
  const choices = all.map((facts) => ({
    title: quote(listTexts(facts, "title").join(", ")),
    pasted: readThing(kind, facts),
  }))
  return choose(kind.source, choices, kind.several)
}

/** Reads the things of the first kind that finds some in JSON values. */
export function readKinds(
  kinds: readonly JsonKind[],
  values: readonly unknown[],
  region: string | null = null,
): Pasted | null {
  for (const kind of kinds) {
    const pasted = readThings(kind, kind.find(values, region))
    if (pasted !== null) return pasted
  }
  return null
}

/** Returns the only choice; of several, what all of them share, with each to choose from. Null without one. */
export function choose(
  source: PastedSource,
  choices: Pasted["choices"],
  several = "found",
  note = `${choices.length} ${several}. Choose one.`,
): Pasted | null {
  const [first, ...others] = choices.map(({ pasted }) => pasted)
  if (first === undefined || others.length === 0) return first ?? null
  const shared = new PastedBuilder()
  if (others.every((one) => one.providerName === first.providerName)) shared.setCloud(first.providerName)
  for (const [field, value] of Object.entries(first.fields.request) as [RequestField, string][])
    if (value !== newContainerMark && others.every((one) => one.fields.request[field] === value))
      shared.put(field, value, field)
  shared.note(note)
  const seen = new Map<string, number>()
  const titled = choices.map(({ title, pasted }) => {
    const count = (seen.get(title) ?? 0) + 1
    seen.set(title, count)
    return { title: count === 1 ? title : `${title} (${count})`, pasted }
  })
  return { ...shared.build(source), choices: titled }
}

/** Notes first what had to be repaired before the text could be read. */
export function withRepairs(pasted: Pasted, repairs: readonly string[]): Pasted {
  return { ...pasted, notes: [...repairs.map((one) => `Repaired: ${one}.`), ...pasted.notes] }
}
