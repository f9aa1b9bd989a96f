import { z } from "zod"
import type { World } from "#world/world.ts"
import { answerAws } from "./aws-tool.ts"
import { answerAz } from "./az-tool.ts"
import { answerGcloud } from "./gcloud-tool.ts"
import { parseArguments, type ToolCall } from "./tool-call.ts"

/** A cloud's tool as a shell calls it, in an account that it is signed in to. */
export const toolRunSchema = z.strictObject({
  tool: z.enum(["aws", "az", "gcloud"]),
  args: z.array(z.string()),
  account: z.string(),
})
export type ToolRun = z.infer<typeof toolRunSchema>

const answers: Record<ToolRun["tool"], (call: ToolCall) => unknown> = {
  aws: answerAws,
  az: answerAz,
  gcloud: answerGcloud,
}

/** Returns what the tool prints of the customer's networks; throws ToolError with what it prints when the cloud refuses. */
export function runTool(world: World, { tool, args, account }: ToolRun): string {
  const answer = answers[tool]({ world, ...parseArguments(args), account })
  return typeof answer === "string" ? answer : JSON.stringify(answer, null, 4)
}
