import type { KeyHealthReport } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { keysQuery, useTestKeys } from "#api/keys.ts"
import { hasFailedTest } from "#copy/keys.ts"
import { isForbidden } from "#api/request-error.ts"
import { RoleNotice } from "#shared/RoleNotice.tsx"
import { Failure } from "#shared/refusals/Failure.tsx"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { KeyProblems } from "./KeyProblems.tsx"
import { KeyTable } from "./KeyTable.tsx"
import { SecretRotation } from "./SecretRotation.tsx"

/** The rights of this server's Atlas credentials, and what to fix. */
export function KeysPage() {
  const keys = useQuery(keysQuery())
  const { data, error } = keys
  const test = useTestKeys()
  const failure = test.error ?? (data === undefined ? error : null)
  if (isForbidden(failure))
    return (
      <>
        <PageHeader title="Atlas keys" />
        <RoleNotice title="Only global administrators can view this" to="see the state of the keys" />
      </>
    )
  return (
    <>
      <PageHeader
        title="Atlas keys"
        crumbs={["All projects"]}
        actions={
          <Button kind="primary" isBusy={test.isPending} onClick={() => test.mutate()}>
            {test.isPending ? "Testing…" : "Test now"}
          </Button>
        }
      >
        Used by this server to call Atlas. Secrets are never shown.
      </PageHeader>
      <Failure error={test.error} />
      {data === undefined && error !== null && !test.isError && <ReadFailure read={keys} />}
      {(failure === null || data !== undefined) && <KeyTable keys={data?.keys} />}
      <div className="stack gap-12 above-20">{data !== undefined && <ToFix of={data} />}</div>
      <output className="visually-hidden">
        {test.isSuccess &&
          (data?.keys.some(hasFailedTest) ? "Not all keys could be tested" : "All keys tested")}
      </output>
    </>
  )
}

function ToFix({ of: { configurationProblem, keys } }: { of: KeyHealthReport }) {
  return (
    <>
      {configurationProblem !== null && (
        <Notice tone="failed" title="A changed configuration file can't be used">
          <p>The previous values stay in use.</p>
          <pre className="small flat raw-text">{configurationProblem}</pre>
        </Notice>
      )}
      <KeyProblems keys={keys} />
      <SecretRotation keys={keys} />
    </>
  )
}
