import { toTickId, type PathStop, type RunbookStep } from "@peering-desk/peering-rules"
import { useConnectionPage } from "#features/connection/connection-page.ts"
import { useTickStep } from "#api/peerings/annotations.ts"
import { toProblemWords } from "#copy/problems.ts"
import { AzureCheck } from "#shared/AzureCheck.tsx"
import { chooseInstruction, toolWords, type Tool } from "#shared/setup/instruction-tools.ts"
import { usePermissions } from "#shared/permissions.ts"
import { Button } from "#ui/Button.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { AccessListStep } from "./AccessListStep.tsx"
import { CheckCommand } from "./CheckCommand.tsx"
import styles from "./rows.module.css"
import { isAwaited, isForMark, toReadyWords } from "./runbook-stages.ts"
import { TryIt } from "./TryIt.tsx"

interface Props {
  step: RunbookStep
  stop: PathStop
  tool: Tool
}

/** One step of the runbook in its stop's row: when it can be done, why, and its commands. The row says how far the stop is. */
export function StepBody({ step, stop, tool }: Props) {
  const { peer } = useConnectionPage().peering
  const commands = <Instructions step={step} tool={tool} />
  return (
    <section className="stack gap-8" aria-label={step.title}>
      <StepHead step={step} stop={stop} />
      <p className={`quiet ${styles.why}`}>{step.why}</p>
      {step.waitsFor !== null && (
        <p>
          <Pill tone="atlas">Not yet</Pill> {step.waitsFor}
        </p>
      )}
      {step.id !== "try-it" && commands}
      {step.stage === "now" && step.waitsFor === null && <CheckCommand of={step} />}
      {step.id === "access-list" && (
        // Another CIDR makes another form.
        <AccessListStep key={toTickId(step.id, peer)} />
      )}
      {step.id === "try-it" && <TryIt>{commands}</TryIt>}
      {step.id === "azure-role-check" && peer.providerName === "AZURE" && <AzureCheck network={peer} />}
    </section>
  )
}

/** Says when the step can be done, or who marked it as done. */
function StepHead({ step, stop }: Pick<Props, "step" | "stop">) {
  const { peering } = useConnectionPage()
  const { mayChange } = usePermissions()
  const isMarkable = isForMark(step, stop)
  const mark = isMarkable ? peering.steps?.[toTickId(step.id, peering.peer)] : undefined
  const ready = toReadyWords(step, peering.peer)
  return (
    <div className="row split">
      <h4 className="flat text-13 strong">{step.title}</h4>
      <span className="inline quiet small">
        {mark === undefined ? (
          (ready ?? (isAwaited(step, stop) && "Checked automatically"))
        ) : (
          <span>
            Marked done by {mark.by}, <Timestamp at={mark.at} />
          </span>
        )}
        {mayChange && (mark !== undefined || (ready === null && isMarkable)) && (
          <StepMark step={step} isMarked={mark !== undefined} />
        )}
      </span>
    </div>
  )
}

/** Shows the step in the chosen tool: commands to copy, or the clicks of a console. */
function Instructions({ step, tool }: Pick<Props, "step" | "tool">) {
  const instruction = chooseInstruction(step, tool)
  if (instruction === undefined) return null
  if (instruction.tool !== "console")
    return <CopyBlock label={toolWords[instruction.tool]} about={step.title} text={instruction.text} />
  return (
    <ol className="numbers">
      {instruction.text.split("\n").map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ol>
  )
}

/** Marks a step that nothing can show as done, for everybody, or undoes that. */
function StepMark({ step: { id, title }, isMarked }: { step: RunbookStep; isMarked: boolean }) {
  const { peering } = useConnectionPage()
  const { mutate, isPending, error } = useTickStep(peering.projectId, peering.id)
  const words = isMarked ? "Undo" : "Mark as done"
  return (
    <>
      <Button
        size="small"
        isBusy={isPending}
        aria-label={`${words}: ${title}`}
        onClick={() => mutate({ stepId: toTickId(id, peering.peer), done: !isMarked })}
      >
        {words}
      </Button>
      {error !== null && <output>{toProblemWords(error).title}</output>}
    </>
  )
}
