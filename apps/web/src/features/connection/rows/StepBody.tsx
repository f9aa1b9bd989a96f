import { providerLabels, type Container, type Peering } from "@peering-desk/shared-schemas"
import { buildCheckCommand, toTickId, type PathStop, type RunbookStep } from "@peering-desk/peering-rules"
import type { ReactNode } from "react"
import { AzureCheck } from "#shared/AzureCheck.tsx"
import { chooseInstruction, toolWords, type Tool } from "#shared/setup/instruction-tools.ts"
import { usePermissions } from "#shared/permissions.ts"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { AccessListStep } from "./AccessListStep.tsx"
import styles from "./rows.module.css"
import { isForMark, toReadyWords } from "./runbook-stages.ts"
import { StepMark } from "./StepMark.tsx"

/** One step of the runbook in its stop's row: when it can be done, why, and its commands. The row says how far the stop is. */
export function StepBody({
  step,
  stop,
  peering,
  container,
  tool,
  renderTest,
}: {
  step: RunbookStep
  stop: PathStop
  peering: Peering
  container: Container | null
  tool: Tool
  /** Draws the test of the connection around the commands for a test by hand. */
  renderTest: (commands: ReactNode) => ReactNode
}) {
  const { peer } = peering
  const { mayChange } = usePermissions()
  const instruction = chooseInstruction(step, tool)
  const commands = instruction !== undefined && instruction.tool !== "console" && (
    <CopyBlock label={toolWords[instruction.tool]} about={step.title} text={instruction.text} />
  )
  const command = step.stage === "now" ? buildCheckCommand(peer, container) : null
  const isMarkable = isForMark(step, stop)
  const mark = isMarkable ? peering.steps?.[toTickId(step.id, peer)] : undefined
  const ready = toReadyWords(step, peer)
  const isAwaited = stop.stepId === step.id && (stop.state === "waiting" || stop.state === "in-progress")
  return (
    <section className="stack gap-8" aria-label={step.title}>
      <div className="row split">
        <h4 className="flat text-13 strong">{step.title}</h4>
        <span className="inline quiet small">
          {mark === undefined ? (
            (ready ?? (isAwaited && "Checked automatically"))
          ) : (
            <span>
              Marked done by {mark.by}, <Timestamp at={mark.at} />
            </span>
          )}
          {mayChange && (mark !== undefined || (ready === null && isMarkable)) && (
            <StepMark step={step} peering={peering} isMarked={mark !== undefined} />
          )}
        </span>
      </div>
      <p className={`quiet ${styles.why}`}>{step.why}</p>
      {step.waitsFor !== null && (
        <p>
          <Pill tone="atlas">Not yet</Pill> {step.waitsFor}
        </p>
      )}
      {instruction?.tool === "console" && (
        <ol className="numbers">
          {instruction.text.split("\n").map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      )}
      {step.id !== "try-it" && commands}
      {command !== null && step.waitsFor === null && (
        <CopyBlock
          label={`Verify in ${providerLabels[peer.providerName]}`}
          about={`${step.title}, to verify`}
          text={command}
        />
      )}
      {step.id === "access-list" && (
        // Another CIDR makes another form.
        <AccessListStep key={toTickId(step.id, peer)} peering={peering} container={container} />
      )}
      {step.id === "try-it" && renderTest(commands)}
      {step.id === "azure-role-check" && peer.providerName === "AZURE" && <AzureCheck network={peer} />}
    </section>
  )
}
