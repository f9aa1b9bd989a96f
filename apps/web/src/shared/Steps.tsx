import type { Instruction, RunbookStep } from "@peering-desk/peering-rules"
import type { ReactNode } from "react"
import { ChipChoice } from "#ui/fields/ChipChoice.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { chooseInstruction, listTools, toolWords, type Tool } from "./instruction-tools.ts"
import styles from "./Steps.module.css"

/** The choice of a tool, initially the first one. Shows nothing for a single tool. */
export function ToolChoice({
  steps,
  tool,
  onChoose,
}: {
  steps: readonly RunbookStep[]
  tool: Tool | null
  onChoose: (tool: Tool) => void
}) {
  const options = listTools(steps).map((one) => [one, toolWords[one]] as const)
  if (options.length < 2) return null
  const value = tool ?? options[0]?.[0] ?? null
  return <ChipChoice label="Show the steps for" options={options} value={value} onChoose={onChoose} />
}

/** Lists steps that are done outside Atlas. */
export function Steps({ children }: { children: ReactNode }) {
  return <ol className={styles.steps}>{children}</ol>
}

/** One step: its title, reason, blocker, and the commands of the chosen tool. */
export function Step({
  step,
  tool,
  title: Title,
  aside,
  children,
}: {
  step: RunbookStep
  tool: Tool | null
  /** A heading only below another heading. */
  title: "h4" | "strong"
  /** Shown at the end of the title's line. */
  aside?: ReactNode
  children?: ReactNode
}) {
  const instruction = chooseInstruction(step, tool)
  return (
    <li className={styles.step}>
      <div className={styles.top}>
        <Title className={styles.title}>{step.title}</Title>
        {aside}
      </div>
      <p className={styles.why}>{step.why}</p>
      {step.waitsFor !== null && (
        <p>
          <Pill tone="atlas">Not yet</Pill> {step.waitsFor}
        </p>
      )}
      {instruction !== undefined && <Shown instruction={instruction} about={step.title} />}
      {children}
    </li>
  )
}

function Shown({ instruction: { tool, text }, about }: { instruction: Instruction; about: string }) {
  if (tool !== "console") return <CopyBlock label={toolWords[tool]} about={about} text={text} />
  return (
    <ol className={styles.console}>
      {text.split("\n").map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ol>
  )
}
