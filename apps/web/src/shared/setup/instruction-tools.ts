import type { Instruction, RunbookStep } from "@peering-desk/peering-rules"

export type Tool = Instruction["tool"]

export const toolWords: Record<Tool, string> = {
  aws: "AWS CLI",
  gcloud: "gcloud",
  az: "Azure CLI",
  terraform: "Terraform",
  shell: "Shell",
  console: "Console",
}

/** Lists the tools on offer in the order of the steps. */
export function listTools(steps: readonly RunbookStep[]): Tool[] {
  const tools = steps.flatMap(({ instructions }) => instructions.map(({ tool }) => tool))
  return [...new Set(tools)].filter((tool) => tool !== "shell")
}

/** Chooses the instruction for a tool, or else the step's first one; undefined when the step has no instruction. */
export function chooseInstruction({ instructions }: RunbookStep, tool: Tool | null): Instruction | undefined {
  return instructions.find((one) => one.tool === tool) ?? instructions[0]
}
