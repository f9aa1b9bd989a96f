import { toAzurePermissionSteps, type AzureNetwork } from "@peering-desk/peering-rules"
import { useState } from "react"
import { AzureCheck } from "./AzureCheck.tsx"
import type { Tool } from "./instruction-tools.ts"
import { Step, Steps, ToolChoice } from "./Steps.tsx"

/** The steps that give Atlas its role on a VNet, in the chosen tool, with a check at the end. */
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
