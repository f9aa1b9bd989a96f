import { providerLabels, type Container, type Peering } from "@peering-desk/shared-schemas"
import { buildCheckCommand, toTickId, type StepEvidence } from "@peering-desk/peering-rules"
import type { ReactNode } from "react"
import { AzureCheck } from "#shared/AzureCheck.tsx"
import { chooseInstruction, toolWords, type Tool } from "#shared/setup/instruction-tools.ts"
import { usePermissions } from "#shared/permissions.ts"
import type { SetupStep } from "#shared/setup/setup-steps.ts"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { TimeAgo } from "#ui/time/TimeAgo.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { AccessListStep } from "./AccessListStep.tsx"
import styles from "./rows.module.css"
import { StepMark } from "./StepMark.tsx"

/** One step of the runbook in its stop's row: how far it is, why, and its commands. */
export function StepBody({
  setupStep: { step, evidence, isReached },
  peering,
  container,
  tool,
  renderTest,
}: {
  setupStep: SetupStep
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
  const canMark =
    mayChange && isReached && (evidence.kind === "unobservable" || evidence.kind === "not-checked")
  return (
    <section className="stack gap-8" aria-label={step.title}>
      <div className="row split">
        <h4 className="flat text-13 strong">{step.title}</h4>
        <span className="inline quiet small">
          <Progress evidence={evidence} isReached={isReached} stage={step.stage} peering={peering} />
          {(canMark || (mayChange && evidence.kind === "marked")) && (
            <StepMark step={step} peering={peering} isMarked={evidence.kind === "marked"} />
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
          <span>
            {evidence.source === "read" ? "Read by a role" : "Proven by a look-up"},{" "}
            <TimeAgo at={evidence.at} />
          </span>
        )
      return (
        <span>
          Done · seen by Atlas <Timestamp at={evidence.at} />
        </span>
      )
    case "marked":
      return (
        <span>
          Marked done by {evidence.by}, <Timestamp at={evidence.at} />
        </span>
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
