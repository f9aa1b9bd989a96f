import { useQuery } from "@tanstack/react-query"
import { keysQuery, useTestKeys } from "#api/keys.ts"
import { isForbidden } from "#api/request-error.ts"
import { Button } from "#ui/Button.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { ProblemNotice } from "#ui/ProblemNotice.tsx"
import { toProblemWords } from "#copy/problems.ts"
import { KeyCard } from "./KeyCard.tsx"
import styles from "./keys.module.css"

/** The rights of this server's Atlas credentials, and what to fix. */
export function KeysPage() {
  const { data, error } = useQuery(keysQuery())
  const test = useTestKeys()
  const failure = test.error ?? (data === undefined ? error : null)
  return (
    <>
      <PageHeader
        title="Atlas keys"
        actions={
          !isForbidden(failure) && (
            <Button
              kind="primary"
              aria-disabled={test.isPending}
              onClick={() => {
                if (!test.isPending) test.mutate()
              }}
            >
              {test.isPending ? "Testing…" : "Test now"}
            </Button>
          )
        }
      >
        The credentials with which this server speaks to Atlas. Their secrets stay in the server.
      </PageHeader>
      <div className={styles.keys}>
        {failure !== null && <ProblemNotice {...toProblemWords(failure)} announce={test.isError} />}
        {data === undefined && failure === null && <p className="shell-wait">Reading the last test</p>}
        {data?.keys.map((key) => (
          <KeyCard key={key.label} report={key} />
        ))}
        {data?.keys.length === 0 && <p>This server has no Atlas credential.</p>}
      </div>
      <output className="visually-hidden">{test.isSuccess && "All keys were tested"}</output>
    </>
  )
}
