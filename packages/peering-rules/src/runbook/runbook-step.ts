/** How a step can be done: by which tool, and the text to copy into it, or what to press. */
export interface Instruction {
  tool: "aws" | "gcloud" | "az" | "terraform" | "shell" | "console"
  /** Ready to copy; for `console` one step a line. */
  text: string
}

/** One thing that somebody does outside Atlas, with this connection's own values. */
export interface RunbookStep {
  /** Names the step when it is ticked off; never changes its meaning. */
  id: string
  title: string
  /** Why it is needed, or what goes wrong without it. */
  why: string
  stage: "before" | "now" | "after"
  /** One for each tool; none while it waits. */
  instructions: readonly Instruction[]
  /** What has to be there first, when the values for it do not exist yet; null when it can be done. */
  waitsFor: string | null
}

/** What stands in a text where Atlas, or the cloud, has not given the value yet. */
export const notYetKnown = "<not known yet>"

/** A value as it is, or a mark where there is none, as in a form that is not filled in yet. */
export function fillIn(value: string | null | undefined): string {
  return value || notYetKnown
}

/** A text with a gap in it is nothing to copy: a step that lacks a value waits for it, and has no text. */
export function toWhole(step: RunbookStep): RunbookStep {
  if (!step.instructions.some(({ text }) => text.includes(notYetKnown))) return step
  return { ...step, instructions: [], waitsFor: step.waitsFor ?? "A value that it needs is not known yet." }
}

/** The ports that every driver needs towards Atlas: mongod, mongos, and the BI connector. */
export const atlasPorts = { first: 27015, last: 27017 } as const
