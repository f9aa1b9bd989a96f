import { buildCheckCommand, type RunbookStep } from "@peering-desk/peering-rules"
import { providerLabels, type HandOffView } from "@peering-desk/shared-schemas"
import { stageTitles, toHandOffTurn } from "#copy/hand-off.ts"
import { chooseInstruction, toolWords, type Tool } from "#shared/setup/instruction-tools.ts"
import { listWays, toTool, useWay } from "#shared/setup/way.ts"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import { Notice } from "#ui/Notice.tsx"
import { SegmentedControl } from "#ui/fields/SegmentedControl.tsx"
import styles from "./hand-off.module.css"
import { toOwnerSteps } from "./owner-steps.ts"

/** The owner's steps at this stage, all in the one way that was chosen last. */
export function OwnerSteps({ view }: { view: HandOffView }) {
  const { providerName } = view
  const steps = toOwnerSteps(view)
  const ways = listWays(steps, providerName)
  const [way, chooseWay] = useWay()
  const tool = toTool(way, providerName)
  const isOpen = ["you", "atlas"].includes(toHandOffTurn(view))
  const check = isOpen ? buildCheckCommand(view.peer, view.container) : null
  const [first] = steps
  if (first === undefined) return null
  return (
    <section className={styles.part} aria-labelledby="steps">
      <div className={`row split ${styles.top}`}>
        <h2 id="steps">{stageTitles[providerName][first.stage]}</h2>
        {ways.length > 1 && (
          <SegmentedControl
            label="Show the steps for"
            options={ways}
            value={ways.some(({ value }) => value === way) ? way : (ways[0]?.value ?? way)}
            onChange={chooseWay}
          />
        )}
      </div>
      <ol className={`stack ${styles.steps}`}>
        {steps.map((step) => (
          <OwnerStep key={step.id} step={step} tool={tool} />
        ))}
      </ol>
      {check !== null && (
        <details className={styles.check}>
          <summary>Verify in {providerLabels[providerName]}</summary>
          <CopyBlock label={toolWords[toTool("cli", providerName)]} about="verify the peering" text={check} />
        </details>
      )}
    </section>
  )
}

function OwnerStep({ step, tool }: { step: RunbookStep; tool: Tool }) {
  const { title, why, waitsFor } = step
  const instruction = waitsFor === null ? chooseInstruction(step, tool) : undefined
  return (
    <li className={`stack gap-8 ${styles.step}`}>
      <h3>{title}</h3>
      <p>{why}</p>
      {waitsFor !== null && <Notice title={waitsFor} />}
      {instruction?.tool === "console" ? (
        <ol className={`grid gap-6 ${styles.console}`}>
          {instruction.text.split("\n").map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ol>
      ) : (
        instruction !== undefined && (
          <CopyBlock label={toolWords[instruction.tool]} about={title} text={instruction.text} />
        )
      )}
    </li>
  )
}
