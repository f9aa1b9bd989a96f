import { readStatus, type AtlasPeer } from "@peering-desk/shared-schemas"
import { toTurnOf, type Instruction, type RunbookStep } from "@peering-desk/peering-rules"

export type Stage = RunbookStep["stage"]

/** The stage whose steps can be done now; null when none is of use, as with a connection that failed or is being removed. */
export function toStage(peer: AtlasPeer): Stage | null {
  switch (toTurnOf(peer)) {
    case "you":
      return "now"
    case "works":
      return "after"
    case "atlas":
      // The other side has accepted; what comes after it may be made ready.
      return readStatus(peer) === "FINALIZING" ? "after" : "before"
    case "failed":
    case "closing":
      return null
    case "unknown":
      return "now"
  }
}

export const stageWords: Record<Stage, string> = {
  before: "Before it can work",
  now: "Now, in your cloud",
  after: "Until applications connect",
}

export const toolWords: Record<Instruction["tool"], string> = {
  aws: "AWS CLI",
  gcloud: "gcloud",
  az: "Azure CLI",
  terraform: "Terraform",
  shell: "Shell",
  console: "Console",
}

/** The tools that somebody can choose between, in the order in which the steps name them. */
export function listTools(steps: readonly RunbookStep[]): Instruction["tool"][] {
  const tools = steps.flatMap(({ instructions }) => instructions.map(({ tool }) => tool))
  return [...new Set(tools)].filter((tool) => tool !== "shell")
}

/** The instruction for the chosen tool, or else the step's first one; undefined when the step has none. */
export function chooseInstruction(
  { instructions }: RunbookStep,
  tool: Instruction["tool"] | null,
): Instruction | undefined {
  return instructions.find((one) => one.tool === tool) ?? instructions[0]
}
