import { addRoleFacts, toAzurePermissionSteps, type AzureNetwork } from "@peering-desk/peering-rules"
import type { NetworkFacts } from "@peering-desk/shared-schemas"
import { useState } from "react"
import { AzureCheck } from "#shared/AzureCheck.tsx"
import { chooseInstruction, listTools, toolWords, type Tool } from "#shared/setup/instruction-tools.ts"
import { Icon } from "#ui/marks/Icon.tsx"
import { CopyButton } from "#ui/CopyButton.tsx"
import { useNow } from "#ui/time/now.ts"
import { SegmentedControl } from "#ui/fields/SegmentedControl.tsx"
import styles from "./form.module.css"

/** The steps that give Atlas its role on a VNet, in the chosen tool, with a reader of what the last one prints. */
export function AzureRoleSteps({
  network,
  facts,
  onFacts,
}: {
  network: AzureNetwork
  /** What the form knows of the network. */
  facts: NetworkFacts | null
  onFacts: (facts: NetworkFacts) => void
}) {
  const now = useNow()
  const steps = toAzurePermissionSteps(network)
  const tools = listTools(steps)
  const [chosen, setChosen] = useState<Tool | null>(null)
  const tool = chosen ?? tools[0] ?? null
  return (
    <div className="stack gap-10 items-start">
      {tool !== null && (
        <SegmentedControl
          label="Show the steps for"
          options={tools.map((one) => ({ value: one, title: toolWords[one] }))}
          value={tool}
          onChange={setChosen}
        />
      )}
      <ol className={`wide edge rounded on-raised divided ${styles.commands}`}>
        {steps.map((step) => {
          const instruction = chooseInstruction(step, tool)
          return (
            <li key={step.id} className="beside split top gap-12">
              <details className="grow narrow">
                <summary className="line split gap-10 press strong unmarked tap-44">
                  {step.title} <Icon name="chevron-down" />
                </summary>
                <p className={styles.quiet}>{step.why}</p>
                {instruction?.tool === "console" ? (
                  <ul className="grid gap-4 discs">
                    {instruction.text.split("\n").map((line) => (
                      <li key={line}>{line}</li>
                    ))}
                  </ul>
                ) : (
                  instruction !== undefined && <pre className="flat above-4 raw-text">{instruction.text}</pre>
                )}
                {step.id === "azure-role-check" && (
                  <AzureCheck
                    network={network}
                    onPaste={(text) => {
                      const found = addRoleFacts(text, network, facts, now)
                      if (found !== null) onFacts(found)
                    }}
                  />
                )}
              </details>
              {instruction !== undefined && instruction.tool !== "console" && (
                <CopyButton value={instruction.text} label={`command: ${step.title}`} />
              )}
            </li>
          )
        })}
      </ol>
    </div>
  )
}
