import type { Container, Peering } from "@peering-desk/shared-schemas"
import { toLookCommand, type Instruction, type RunbookStep } from "@peering-desk/peering-rules"
import { useTickStep } from "#api/peering-notes.ts"
import { AzureCheck } from "#forms/AzureCheck.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { Moment } from "#ui/Moment.tsx"
import { Pill } from "#ui/Pill.tsx"
import { toProblemWords } from "#wording/problem-words.ts"
import { AccessListStep } from "./AccessListStep.tsx"
import { ChangeButton } from "./ChangeButton.tsx"
import styles from "./connection.module.css"
import { LookNow } from "./LookNow.tsx"
import { chooseInstruction, toolWords } from "./runbook-stage.ts"
import { TryIt } from "./TryIt.tsx"

interface Props {
  step: RunbookStep
  /** Whether it can be done now. */
  isPresent: boolean
  peering: Peering
  container: Container | null
  tool: Instruction["tool"] | null
}

/** One step: why, what to copy, what it waits for, who ticked it off. */
export function RunbookStepItem({ step, isPresent, peering, container, tool }: Props) {
  const instruction = chooseInstruction(step, tool)
  const look = step.stage === "now" ? toLookCommand(peering.peer, container) : null
  return (
    <li className={styles.step}>
      <div className={styles.stepTop}>
        <h4>{step.title}</h4>
        <Tick step={step} peering={peering} />
      </div>
      <p className={styles.quiet}>{step.why}</p>
      {step.waitsFor !== null && (
        <p>
          <Pill tone="atlas">Not yet</Pill> {step.waitsFor}
        </p>
      )}
      {instruction !== undefined && <Shown instruction={instruction} step={step} />}
      {look !== null && step.waitsFor === null && (
        <CopyBlock label="To see it as your cloud has it" about={step.title} text={look} />
      )}
      {step.stage === "now" && isPresent && <LookNow peering={peering} />}
      {step.id === "access-list" && <AccessListStep peering={peering} />}
      {step.id === "try-it" && <TryIt peer={peering.peer} container={container} />}
      {step.id === "azure-role-check" && peering.peer.providerName === "AZURE" && (
        <AzureCheck network={peering.peer} />
      )}
    </li>
  )
}

function Shown({ instruction: { tool, text }, step }: { instruction: Instruction; step: RunbookStep }) {
  if (tool !== "console") return <CopyBlock label={toolWords[tool]} about={step.title} text={text} />
  return (
    <ol className={styles.console}>
      {text.split("\n").map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ol>
  )
}

/** A tick is everybody's, with who set it and when. */
function Tick({ step: { id, title }, peering }: { step: RunbookStep; peering: Peering }) {
  const { mutate, isPending, error } = useTickStep(peering.projectId, peering.id)
  const done = peering.steps?.[id]
  const act = done === undefined ? "Tick off" : "Take the tick back"
  return (
    <div className={styles.tick}>
      {done !== undefined && (
        <span>
          <Pill tone="works">Done</Pill> {done.by}, <Moment at={done.at} />
        </span>
      )}
      <ChangeButton
        size="small"
        busy={isPending}
        aria-label={`${act}: ${title}`}
        onClick={() => mutate({ stepId: id, done: done === undefined })}
      >
        {act}
      </ChangeButton>
      {error !== null && <output>{toProblemWords(error).title}</output>}
    </div>
  )
}
