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
  instructions: readonly Instruction[]
  /** What has to be there first, when the values for it do not exist yet; null when it can be done. */
  waitsFor: string | null
}

/** What stands in a text where Atlas, or the cloud, has not given the value yet. */
export const notYetKnown = "<not known yet>"

/** The ports that every driver needs towards Atlas: mongod, mongos, and the BI connector. */
export const atlasPorts = { first: 27015, last: 27017 } as const
