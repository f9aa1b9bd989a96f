import { useQuery } from "@tanstack/react-query"
import { keysQuery, useTestKeys } from "#api/keys.ts"
import { isForbidden } from "#api/request-error.ts"
import { usePerson } from "#api/session.ts"
import { Button } from "#ui/Button.tsx"
import { Notice } from "#ui/Notice.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { toAskWhom } from "#copy/access.ts"
import { toProblemWords } from "#copy/problems.ts"
import { KeyProblems } from "./KeyProblems.tsx"
import { KeyTable } from "./KeyTable.tsx"
import { SecretRotation } from "./SecretRotation.tsx"
import styles from "./keys.module.css"

/** The rights of this server's Atlas credentials, and what to fix. */
export function KeysPage() {
  const { data, error } = useQuery(keysQuery())
  const test = useTestKeys()
  const failure = test.error ?? (data === undefined ? error : null)
  if (isForbidden(failure)) return <KeysForbidden />
  return (
    <>
      <PageHeader
        title="Atlas keys"
        crumbs={["All projects"]}
        actions={
          <Button
            kind="primary"
            aria-disabled={test.isPending}
            onClick={() => {
              if (!test.isPending) test.mutate()
            }}
          >
            {test.isPending ? "Testing…" : "Test now"}
          </Button>
        }
      >
        Used by this server to call Atlas. Secrets are never shown.
      </PageHeader>
      {failure !== null && <ProblemNotice {...toProblemWords(failure)} announce={test.isError} />}
      {(failure === null || data !== undefined) && <KeyTable keys={data?.keys} />}
      <div className="stack gap-12 above-20">
        {data?.configurationProblem != null && (
          <Notice tone="failed" title="A changed configuration file is invalid">
            <p>The previous values stay in use until you correct it.</p>
            <pre className={`small ${styles.errors}`}>{data.configurationProblem}</pre>
          </Notice>
        )}
        {data !== undefined && <KeyProblems keys={data.keys} />}
        {data !== undefined && <SecretRotation keys={data.keys} />}
      </div>
      <output className="visually-hidden">{test.isSuccess && "All keys tested"}</output>
    </>
  )
}

function KeysForbidden() {
  const askWhom = usePerson()?.askWhom ?? null
  return (
    <>
      <PageHeader title="Atlas keys" />
      <Notice tone="you" title="Only global administrators can view this">
        <p>To see the state of the keys, ask {toAskWhom(askWhom)}.</p>
      </Notice>
    </>
  )
}
