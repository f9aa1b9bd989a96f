import { PolicyQuestion } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { policyChecksQuery } from "#api/projects/policy-checks.ts"
import { useSettled } from "#ui/hooks/use-settled.ts"
import { Notice } from "#ui/Notice.tsx"

/** The pause in typing before the page asks the server, in milliseconds. */
const idleMs = 600

/** Shows what the organization's resource policies say of a change; nothing without policies, and nothing is held up by it. */
export function PolicyChecks({ projectId, question }: { projectId: string; question: PolicyQuestion }) {
  const text = useSettled(JSON.stringify(question), idleMs)
  const settled = JSON.parse(text) as PolicyQuestion
  const { data: checks = [], isError } = useQuery({
    ...policyChecksQuery(projectId, settled),
    // A field that is wrong says so itself.
    enabled: PolicyQuestion.safeParse(settled).success,
    retry: false,
  })
  if (isError) return <p className="quiet">Resource policies not checked by the server.</p>
  return (
    <output className="block stack gap-10">
      {checks.map(({ status, says }) =>
        status === "green" ? (
          <p key={says} className="quiet">
            {says}.
          </p>
        ) : (
          <Notice key={says} tone={tones[status]} title={`${says}.`} />
        ),
      )}
    </output>
  )
}

const tones = { red: "failed", amber: "you", unchecked: "info", open: "info", note: "info" } as const
