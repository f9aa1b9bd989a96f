import {
  providerLabels,
  providerNames,
  type ApprovalAction,
  type ApprovalPolicyResult,
  type ExampleAsker,
  type Project,
  type ProviderName,
  type TestApprovalPolicy,
} from "@peering-desk/shared-schemas"
import type { UseQueryResult } from "@tanstack/react-query"
import { actionNames, askerNames, toExampleResult } from "./policy-words.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { SelectField } from "#ui/fields/SelectField.tsx"
import styles from "./approvals.module.css"

const clouds = providerNames.map((name): [ProviderName, string] => [name, providerLabels[name]])
const actions = Object.entries(actionNames) as [ApprovalAction, string][]
const askers = Object.entries(askerNames) as [ExampleAsker, string][]
const first = { providerName: "AWS", action: "create", asker: "requester" } as const

/** Four choices that make an example, and what the policy says of it. */
export function TryPolicy({
  projects,
  example,
  onTry,
  result,
}: {
  projects: readonly Project[] | undefined
  example: TestApprovalPolicy | null
  onTry: (example: TestApprovalPolicy | null) => void
  result: Pick<UseQueryResult<ApprovalPolicyResult>, "data" | "error">
}) {
  const choose = (more: Partial<TestApprovalPolicy>) => {
    if (example !== null) onTry({ ...example, ...more })
  }
  return (
    <div className={`stack ${styles.fields}`}>
      <div className="fields">
        <SelectField
          label="Project"
          empty="Choose a project"
          options={projects?.map(({ id, name }): [string, string] => [id, name]) ?? []}
          value={example?.projectId ?? null}
          onChange={(projectId) => onTry(projectId === null ? null : { ...first, ...example, projectId })}
        />
        {example !== null && (
          <>
            <SelectField
              label="Cloud"
              options={clouds}
              value={example.providerName}
              onChange={(providerName) => providerName !== null && choose({ providerName })}
            />
            <SelectField
              label="Action"
              options={actions}
              value={example.action}
              onChange={(action) => action !== null && choose({ action })}
            />
            <SelectField
              label="Asked by"
              options={askers}
              value={example.asker}
              onChange={(asker) => asker !== null && choose({ asker })}
            />
          </>
        )}
      </div>
      <Failure error={result.error} />
      <output className="block">
        {example !== null && result.data !== undefined && (
          <strong>{toExampleResult(result.data, example.asker)}</strong>
        )}
      </output>
    </div>
  )
}
