import type { RunbookStep } from "@peering-desk/peering-rules"
import { chooseInstruction, toolWords, type Tool } from "#shared/setup/instruction-tools.ts"
import { CopyBlock } from "#ui/CopyBlock.tsx"

/** Steps that belong together in one way: one text to copy, or the way through a console. Or what they wait for. */
export function StepCommand({
  about,
  steps,
  tool,
}: {
  about: string
  steps: readonly RunbookStep[]
  tool: Tool
}) {
  const waitsFor = steps.find((step) => step.waitsFor !== null)?.waitsFor
  if (waitsFor != null) return <p>{waitsFor}</p>
  const instructions = steps.flatMap((step) => chooseInstruction(step, tool) ?? [])
  const [first] = instructions
  if (first === undefined) return null
  const text = instructions.map((one) => one.text).join("\n")
  return first.tool === "console" ? (
    <ol className="numbers">
      {text.split("\n").map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ol>
  ) : (
    <CopyBlock label={toolWords[first.tool]} about={about} text={text} />
  )
}
