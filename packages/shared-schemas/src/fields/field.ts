import { nameKind } from "#clouds/wrong-kind.ts"

/** A fault of a text, and the right value where the text leads to one. */
export interface FieldProblem {
  message: string
  fix: string | null
}

/** Finds what is wrong with a text; null when nothing is. A sentence alone has no fix. */
export type Rule = (text: string) => FieldProblem | string | null

/** The rule of a text field. */
export interface FieldRule {
  /** The error of an empty field. */
  missing: string
  rule: Rule
}

/** A field of the form that describes the network. */
export interface FormField {
  label: string
  hint: string
  /** Where to find the value: what it is, the way through the cloud's console, a command of the owner's shell that prints it. */
  help: { what: string; path: string; command: string }
}

/** One field of Atlas's request. Everything that any part of the product says or does about it is here. */
export interface FieldRow extends FormField, FieldRule {
  /** Its name within a sentence, without an article: `VPC ID`. */
  title: string
  /** The thing that it is the id or the name of: `VPC`. */
  thing: string
  /** Its name beside the value of a connection and in the report; null where these show it in another way. */
  fact: string | null
  inputMode?: "numeric"
  /** Values to choose from, each with a place: `us-east-1` → `N. Virginia`. */
  suggestions?: Readonly<Record<string, string>>
  /** True for a name that people choose: one that looks like an id is allowed and pointed out. */
  isName?: true
  /** Finds the value in an ARN, a self-link or a resource id, as its first group. */
  inLink: RegExp | null
  /** The widest form that Atlas accepts. A value that passes it and not our rule becomes a peering that fails. */
  takenByAtlas?: RegExp
  /** The errorCode of Atlas for a wrong value, where it has one for this field. */
  errorCode?: "INVALID_REGION"
  /** Other ways to write the same value, in which people type it. */
  spellings?: (text: string) => string[]
  /** Names that people and portals give it in `Name: value`. */
  labels?: RegExp
  /** Names in other tools, where they differ from Atlas's in more than case. */
  names: { atlasCli: string; cloudFormation?: string; operator?: string }
  /** Set where an existing peering can be edited: a hint, and whether Atlas then restarts it. */
  edit?: { hint: string; restarts: boolean }
  /** A made-up right value. `hex` makes random digits. */
  sample: (hex: (digits: number) => string) => string
}

export type FieldTable = Readonly<Record<string, FieldRow>>

/** Values that MongoDB's documentation prints as examples and that no cloud can hold. */
const placeholders: ReadonlySet<string> = new Set([
  "abc123abc123",
  "vpc-abc123abc123",
  "g893dec2-d92e-478d-bc50-cf99d31bgeg9",
])

/** Longer than any identifier of any cloud; keeps the patterns of rules and the sentences about them short. */
const longest = 500

/** Returns what is wrong with a field's text; null when nothing is. */
export function checkField({ missing, rule }: FieldRule, text: string): FieldProblem | null {
  if (text.trim() === "") return { message: missing, fix: null }
  if (text.length > longest)
    return { message: `Too long: ${text.length} characters, at most ${longest}`, fix: null }
  if (text !== text.trim()) return { message: "Remove the spaces at the ends", fix: text.trim() }
  if (placeholders.has(text))
    return { message: `${text} is the documentation's example. Enter your own value`, fix: null }
  const problem = rule(text)
  return typeof problem === "string" ? { message: problem, fix: null } : problem
}

/** Follows the fixes of a rule, at most three: first the form, then the case. `problem` is what remains wrong. */
export function repairField(rule: FieldRule, text: string): { value: string; problem: string | null } {
  let value = text.trim()
  let problem = checkField(rule, value)
  for (let fixes = 0; fixes < 3 && problem?.fix != null; fixes += 1) {
    value = problem.fix
    problem = checkField(rule, value)
  }
  return { value, problem: problem?.message ?? null }
}

/** Says what was expected, after what was given instead where that is known. */
export function expected(text: string, sentence: string): string {
  const kind = nameKind(text)
  return kind === null ? sentence : `This is ${kind}. ${sentence}`
}

/** Names the right value at the end of a sentence. A text with spaces is no single value. */
export function suggest(sentence: string, value: string): FieldProblem {
  return { message: `${sentence} ${value}`, fix: /\s/.test(value) ? null : value }
}

/** Suggests the value within an ARN, a link or a resource id; null when the text is none. */
export function suggestFromLink(pattern: RegExp, what: string, text: string): FieldProblem | null {
  const value = pattern.exec(text)?.[1]
  return value === undefined ? null : suggest(`Enter only the ${what}:`, value)
}
