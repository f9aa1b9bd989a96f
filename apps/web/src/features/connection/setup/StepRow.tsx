import { providerLabels, type Container, type Peering } from "@peering-desk/shared-schemas"
import { buildCheckCommand, toTickId, type StepEvidence } from "@peering-desk/peering-rules"
import { useId, type ReactNode } from "react"
import { TimeAgo } from "#ui/time/TimeAgo.tsx"
import { AzureCheck } from "#shared/AzureCheck.tsx"
import { chooseInstruction, toolWords, type Tool } from "#shared/setup/instruction-tools.ts"
import { usePermissions } from "#shared/permissions.ts"
import type { SetupStep } from "#shared/setup/setup-steps.ts"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { Icon } from "#ui/marks/Icon.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { AccessListStep } from "./AccessListStep.tsx"
import styles from "./setup.module.css"
import { toStepButtonId } from "./setup-steps.ts"
import { StepMark } from "./StepMark.tsx"

interface Props {
  number: number
  setupStep: SetupStep
  peering: Peering
  container: Container | null
  tool: Tool
  isOpen: boolean
  onToggle: (isOpen: boolean) => void
  /** Draws the test of the connection around the commands for a test by hand. */
  renderTest: (commands: ReactNode) => ReactNode
}

/** One step: a line that says how far it is, and opens with the commands for it. */
export function StepRow(props: Props) {
  const { number, setupStep, peering, isOpen, onToggle } = props
  const { step, evidence, isDone, isReached } = setupStep
  const bodyId = useId()
  const { mayChange } = usePermissions()
  const canMark = mayChange && isReached && evidence.kind === "unobservable"
  return (
    <li
      className={`line-below wrap ${styles.step}`}
      data-done={isDone || undefined}
      data-now={(isOpen && isReached && !isDone) || undefined}
    >
      <div className={`row anchor ${styles.line}`}>
        <span className={`middle still quiet small number ${styles.mark}`} aria-hidden="true">
          {isDone ? <Icon name="works" /> : number}
        </span>
        <h3 className={`narrow ${styles.name}`}>
          <button
            type="button"
            id={toStepButtonId(step.id)}
            className={`bare unpadded wide rounded-6 left quiet medium ${styles.toggle}`}
            aria-expanded={isOpen}
            aria-controls={isOpen ? bodyId : undefined}
            onClick={() => onToggle(!isOpen)}
          >
            {isDone && <span className="visually-hidden">Done: </span>}
            {step.title}
          </button>
        </h3>
        <span className={`quiet small lines-16 ${styles.aside}`}>
          {canMark ? (
            <StepMark step={step} peering={peering} isMarked={false} />
          ) : (
            <Progress evidence={evidence} isReached={isReached} stage={step.stage} peering={peering} />
          )}
        </span>
      </div>
      {isOpen && (
        <div id={bodyId} className={`stack gap-12 ${styles.body}`}>
          <Body {...props} />
        </div>
      )}
    </li>
  )
}

/** Says how a step is known to be done, or when it can be. */
function Progress({
  evidence,
  isReached,
  stage,
  peering: { peer },
}: {
  evidence: StepEvidence
  isReached: boolean
  stage: SetupStep["step"]["stage"]
  peering: Peering
}) {
  switch (evidence.kind) {
    case "proven":
      if (evidence.by === "access-list" || evidence.at === null) return "Seen in Atlas"
      if (evidence.by === "facts")
        return (
          <>
            {evidence.source === "read" ? "Read by a role" : "Proven by a look-up"},{" "}
            <TimeAgo at={evidence.at} />
          </>
        )
      return (
        <>
          Done · seen by Atlas <Timestamp at={evidence.at} />
        </>
      )
    case "marked":
      return (
        <>
          Marked done by {evidence.by}, <Timestamp at={evidence.at} />
        </>
      )
    case "awaited":
    case "not-checked":
    case "unobservable":
      if (!isReached) {
        if (stage === "now") return "After the request"
        return peer.providerName === "AWS" ? "After acceptance" : "Once available"
      }
      if (evidence.kind === "awaited") return evidence.by === "facts" ? "Not done" : "Checked automatically"
      return evidence.kind === "not-checked" ? "Not checked" : null
  }
}

function Body({ setupStep: { step, evidence, isReached }, peering, container, tool, renderTest }: Props) {
  const { peer } = peering
  const { mayChange } = usePermissions()
  const instruction = chooseInstruction(step, tool)
  const commands = instruction !== undefined && instruction.tool !== "console" && (
    <CopyBlock label={toolWords[instruction.tool]} about={step.title} text={instruction.text} />
  )
  const command = step.stage === "now" ? buildCheckCommand(peer, container) : null
  return (
    <>
      <p className={`quiet ${styles.why}`}>{step.why}</p>
      {step.waitsFor !== null && (
        <p>
          <Pill tone="atlas">Not yet</Pill> {step.waitsFor}
        </p>
      )}
      {instruction?.tool === "console" && (
        <ol className={`grid gap-4 ${styles.console}`}>
          {instruction.text.split("\n").map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      )}
      {step.id !== "try-it" && commands}
      {command !== null && step.waitsFor === null && (
        <details className={`fold ${styles.verify}`}>
          <summary>Verify in {providerLabels[peer.providerName]}</summary>
          <CopyBlock label="Command" about={`${step.title}, to verify`} text={command} />
        </details>
      )}
      {step.id === "access-list" && (
        // Another CIDR makes another form.
        <AccessListStep key={toTickId(step.id, peer)} peering={peering} container={container} />
      )}
      {step.id === "try-it" && renderTest(commands)}
      {step.id === "azure-role-check" && peer.providerName === "AZURE" && <AzureCheck network={peer} />}
      {mayChange && evidence.kind === "marked" && (
        <div>
          <StepMark step={step} peering={peering} isMarked />
        </div>
      )}
      {mayChange && isReached && evidence.kind === "not-checked" && (
        <div>
          <StepMark step={step} peering={peering} isMarked={false} />
        </div>
      )}
    </>
  )
}
