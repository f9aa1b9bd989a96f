import { explainNotPlain, type NamedValues } from "#formats/not-plain.ts"
import { formatShellCommand, formatShellOption } from "#formats/shell.ts"

/** One way to do a step: the tool, and the text to copy into it or the buttons to press. */
export interface Instruction {
  tool: "aws" | "gcloud" | "az" | "terraform" | "shell" | "console"
  /** Ready to copy; for `console` one action a line. */
  text: string
}

/** One thing to do outside Atlas, with this peering's own values. */
export interface RunbookStep {
  /** Identifies the step when it is marked as done; never changes its meaning. */
  id: string
  title: string
  /** The reason for it, or what goes wrong without it. */
  why: string
  stage: "before" | "now" | "after"
  /** One for each tool; empty while the step waits. */
  instructions: readonly Instruction[]
  /** Names what has to exist first, while its values are unknown; null when the step can be done. */
  waitsFor: string | null
  /** The peering works without it; left out for the other steps. */
  isOptional?: true
}

/** Marks the place of a value that Atlas, or the cloud, has not given yet. */
export const notYetKnown = "<not known yet>"

/** A value as Atlas gives it. */
export type Given = string | null | undefined

/** Returns a value, or the mark of an unknown one when it is missing or empty. */
export function fillIn(value: Given): string {
  return value || notYetKnown
}

/** A row of a runbook: the step, with the lines to copy for each tool. */
type StepRow = Omit<RunbookStep, "instructions" | "waitsFor"> & {
  /** Names what is missing; left out when nothing special is. */
  waitsFor?: string | false
  tools: Partial<Record<Instruction["tool"], readonly string[]>>
}

/** Builds a step. One that lacks a value has nothing to copy: it waits for the value. */
export function buildStep({ waitsFor, tools, ...step }: StepRow): RunbookStep {
  const instructions = Object.entries(tools).map(([tool, lines]) => ({
    tool: tool as Instruction["tool"],
    text: lines.join("\n"),
  }))
  const reason = waitsFor || null
  return instructions.some(({ text }) => text.includes(notYetKnown))
    ? { ...step, instructions: [], waitsFor: reason ?? "Waiting for a value from Atlas." }
    : { ...step, instructions, waitsFor: reason }
}

/** Takes the commands from the steps of a network whose values are not plain text, and says so. A console's buttons run nothing. */
export function withholdCommands(
  steps: readonly RunbookStep[],
  ...records: readonly NamedValues[]
): RunbookStep[] {
  const reason = explainNotPlain(...records)
  if (reason === null) return [...steps]
  return steps.map((step) => {
    const instructions = step.instructions.filter(({ tool }) => tool === "console")
    if (instructions.length === step.instructions.length) return step
    return { ...step, instructions, why: `${reason} No command is shown. ${step.why}` }
  })
}

/** Writes a shell command: texts as they are, and records as `--name=value` with the value quoted. */
export function buildCommand(...parts: (string | Readonly<Record<string, Given>>)[]): string {
  return formatShellCommand(
    parts.flatMap((part) =>
      typeof part === "string"
        ? part
        : Object.entries(part).map(([name, value]) => formatShellOption(`--${name}`, fillIn(value))),
    ),
  )
}

/** Writes an option whose value only the person knows, in a shell variable. Unset, the command fails by itself and says what to set. */
export function askFor(option: string, variable: string, meaning: string): string {
  return `${option}=${toAsked(variable, meaning)}`
}

/** Writes a shell variable as one word that has to be set. */
export function toAsked(variable: string, meaning: string): string {
  return `"\${${variable}:?Set it to ${meaning}}"`
}

/** The ports that every driver needs towards Atlas: mongod, mongos, and the BI connector. */
export const atlasPorts = { first: 27015, last: 27017, range: "27015-27017" } as const
