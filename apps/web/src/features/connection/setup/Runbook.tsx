import type { Container, Peering } from "@peering-desk/shared-schemas"
import { toLimits, toRunbook, toTickId, type RunbookStep } from "@peering-desk/peering-rules"
import { useState } from "react"
import type { Tool } from "#shared/instruction-tools.ts"
import { Steps, ToolChoice } from "#shared/Steps.tsx"
import { Card } from "#ui/Card.tsx"
import layout from "#ui/layout.module.css"
import styles from "./setup.module.css"
import { RunbookStepItem } from "./RunbookStepItem.tsx"
import { stageWords, toStage, toStages, type Stage } from "./runbook-stage.ts"

/** The steps outside Atlas with the connection's own values. A stage opens when its turn comes; the others stay as they are. */
export function Runbook({
  peering,
  container,
  open,
  onOpen,
}: {
  peering: Peering
  container: Container | null
  open: ReadonlySet<Stage>
  /** Opens a stage, or closes it. */
  onOpen: (stage: Stage, open: boolean) => void
}) {
  const stages = toStages(peering.peer)
  const steps = toRunbook(peering.peer, container).filter(({ stage }) => stages.includes(stage))
  const [tool, setTool] = useState<Tool | null>(null)
  const present = toStage(peering.peer)
  const limits = toLimits(peering.peer, container)
  if (steps.length === 0) return null
  return (
    <Card title="Step by step">
      <ToolChoice steps={steps} tool={tool} onChoose={setTool} />
      {stages.map((stage) => (
        <StageSteps
          key={stage}
          title={stageWords[stage]}
          steps={steps.filter((step) => step.stage === stage)}
          isPresent={stage === present}
          isOpen={open.has(stage)}
          onToggle={(isOpen) => onOpen(stage, isOpen)}
          peering={peering}
          container={container}
          tool={tool}
        />
      ))}
      {limits.length > 0 && (
        <div className={styles.limits}>
          <h3>What this peering does not reach</h3>
          <ul className={layout.bullets}>
            {limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </div>
      )}
    </Card>
  )
}

function StageSteps({
  title,
  steps,
  isOpen,
  onToggle,
  ...shown
}: {
  title: string
  steps: readonly RunbookStep[]
  isOpen: boolean
  onToggle: (isOpen: boolean) => void
  isPresent: boolean
  peering: Peering
  container: Container | null
  tool: Tool | null
}) {
  const { peer, steps: ticks = {} } = shown.peering
  const done = steps.filter(({ id }) => ticks[toTickId(id, peer)] !== undefined).length
  if (steps.length === 0) return null
  return (
    <details className={styles.stage} open={isOpen} onToggle={(event) => onToggle(event.currentTarget.open)}>
      <summary>
        <h3 className={styles.stageTitle}>{title}</h3>{" "}
        <span className={layout.quiet}>
          {done} of {steps.length} ticked off
        </span>
      </summary>
      {isOpen && (
        <Steps>
          {steps.map((step) => (
            <RunbookStepItem key={step.id} step={step} {...shown} />
          ))}
        </Steps>
      )}
    </details>
  )
}
