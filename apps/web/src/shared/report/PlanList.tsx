import type { ProviderName } from "@peering-desk/shared-schemas"
import { chooseInstruction } from "#shared/setup/instruction-tools.ts"
import type { SetupStep } from "#shared/setup/setup-steps.ts"
import { toTool } from "#shared/setup/way.ts"
import { toStepState } from "./report-words.ts"

/** The steps outside Atlas, how far each is, and the commands for it. */
export function PlanList({
  steps,
  providerName,
}: {
  steps: readonly SetupStep[]
  providerName: ProviderName
}) {
  return (
    <ol className="plan">
      {steps.map((setupStep) => {
        const { step, isDone } = setupStep
        const instruction = chooseInstruction(step, toTool("cli", providerName))
        return (
          <li key={step.id}>
            <h4>{step.title}</h4>
            <p className="state" data-done={isDone || undefined}>
              {toStepState(setupStep)}
            </p>
            <p>{step.why}</p>
            {instruction !== undefined && <pre>{instruction.text}</pre>}
          </li>
        )
      })}
    </ol>
  )
}
