import { toAzurePermissionSteps, type AzureNetwork } from "@peering-desk/peering-rules"
import { useState } from "react"
import { AzureCheck } from "./AzureCheck.tsx"
import type { Tool } from "./instruction-tools.ts"
import { Step, Steps, ToolChoice } from "./Steps.tsx"

/** Gives Atlas its permission on a VNet, step by step with the tool of one's choice, and reads whether it has it. */
export function AzureStepList({ network }: { network: AzureNetwork }) {
  const steps = toAzurePermissionSteps(network)
  const [tool, setTool] = useState<Tool | null>(null)
  return (
    <>
      <ToolChoice steps={steps} tool={tool} onChoose={setTool} />
      <Steps>
        {steps.map((step) => (
          <Step key={step.id} step={step} tool={tool} title="strong">
            {step.id === "azure-role-check" && <AzureCheck network={network} />}
          </Step>
        ))}
      </Steps>
    </>
  )
}
