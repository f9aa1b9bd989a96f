import type { Container, Peering } from "@peering-desk/shared-schemas"
import { buildCheckCommand, toTickId, type RunbookStep } from "@peering-desk/peering-rules"
import { useTickStep } from "#api/peerings/annotations.ts"
import { AzureCheck } from "#shared/AzureCheck.tsx"
import type { Tool } from "#shared/instruction-tools.ts"
import { Step } from "#shared/Steps.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { toProblemWords } from "#copy/problems.ts"
import { AccessListStep } from "./AccessListStep.tsx"
import { ChangeButton } from "#features/connection/changes/ChangeButton.tsx"
import styles from "./setup.module.css"
import { CheckNow } from "#features/connection/status/CheckNow.tsx"
import { TryIt } from "./TryIt.tsx"

interface Props {
  step: RunbookStep
  /** The step can be done now. */
  isPresent: boolean
  peering: Peering
  container: Container | null
  tool: Tool | null
}

/** One step: why, what to copy, what it waits for, who ticked it off. */
export function RunbookStepItem({ step, isPresent, peering, container, tool }: Props) {
  const look = step.stage === "now" ? buildCheckCommand(peering.peer, container) : null
  return (
    <Step step={step} tool={tool} title="h4" aside={<Tick step={step} peering={peering} />}>
      {look !== null && step.waitsFor === null && (
        <CopyBlock label="To see it as your cloud has it" about={step.title} text={look} />
      )}
      {step.stage === "now" && isPresent && (
        <CheckNow peering={peering} answer="Atlas says">
          I did it, look now
        </CheckNow>
      )}
      {step.id === "access-list" && (
        // Another block makes another form.
        <AccessListStep key={toTickId(step.id, peering.peer)} peering={peering} container={container} />
      )}
      {step.id === "try-it" && <TryIt peer={peering.peer} container={container} />}
      {step.id === "azure-role-check" && peering.peer.providerName === "AZURE" && (
        <AzureCheck network={peering.peer} />
      )}
    </Step>
  )
}

/** A tick is everybody's, with who set it and when. */
function Tick({ step: { id, title }, peering }: { step: RunbookStep; peering: Peering }) {
  const { mutate, isPending, error } = useTickStep(peering.projectId, peering.id)
  const stepId = toTickId(id, peering.peer)
  const done = peering.steps?.[stepId]
  const act = done === undefined ? "Tick off" : "Take the tick back"
  return (
    <div className={styles.tick}>
      {done !== undefined && (
        <span>
          <Pill tone="works">Done</Pill> {done.by}, <Timestamp at={done.at} />
        </span>
      )}
      <ChangeButton
        size="small"
        busy={isPending}
        aria-label={`${act}: ${title}`}
        onClick={() => mutate({ stepId, done: done === undefined })}
      >
        {act}
      </ChangeButton>
      {error !== null && <output>{toProblemWords(error).title}</output>}
    </div>
  )
}
