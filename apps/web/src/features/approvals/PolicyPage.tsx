import type { ApprovalPolicyLine, TestApprovalPolicy } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import { useMemo, useState } from "react"
import { approvalExampleQuery, approvalPolicyQuery } from "#api/approvals.ts"
import { projectsQuery, useNameProject } from "#api/projects/projects.ts"
import { isForbidden } from "#api/request-error.ts"
import { needWords, toLineScope } from "./policy-words.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { crumbTo } from "#shared/crumb-to.tsx"
import { RoleNotice } from "#shared/RoleNotice.tsx"
import { ReadFailure } from "#shared/refusals/ReadFailure.tsx"
import { EmptyState } from "#ui/EmptyState.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { Section } from "#ui/Section.tsx"
import { DataTable, TwoLines, type Column } from "#ui/table/DataTable.tsx"
import { TryPolicy } from "./TryPolicy.tsx"

const crumbs = [crumbTo(pagePaths.approvals(), "Approvals")]

interface Line extends ApprovalPolicyLine {
  number: number
}

/** The approval policy line by line, and what it says of an example. */
export function PolicyPage() {
  const { data, error, isFetching, refetch } = useQuery(approvalPolicyQuery())
  const { data: projects } = useQuery(projectsQuery())
  const [example, setExample] = useState<TestApprovalPolicy | null>(null)
  const result = useQuery(approvalExampleQuery(example))
  const nameProject = useNameProject()
  const columns = useMemo(() => createLineColumns(nameProject), [nameProject])
  const lines = useMemo(
    () => data?.policy?.lines.map((line, index): Line => ({ ...line, number: index + 1 })),
    [data],
  )

  return (
    <>
      <PageHeader title="Approval policy" crumbs={crumbs}>
        Rules come from <code>APPROVAL_POLICY_FILE</code>; the first match applies.
      </PageHeader>
      {isForbidden(error) ? (
        <RoleNotice title="Only administrators of all projects can view the policy" to="view it">
          {" Each form says before sending whether somebody has to approve."}
        </RoleNotice>
      ) : data === undefined && error !== null ? (
        <ReadFailure read={{ error, isFetching, refetch }} />
      ) : (
        <div className="stack">
          {data?.policy === null ? (
            <EmptyState icon="approve" title="No approval policy">
              <p>
                Changes go to Atlas without approval. Set <code>APPROVAL_POLICY_FILE</code> to require it.
              </p>
            </EmptyState>
          ) : (
            <>
              <DataTable
                label="Rules"
                columns={columns}
                rows={lines}
                getKey={({ number }) => number}
                isChosen={({ number }) => number === result.data?.line}
                widths="minmax(0, 3fr) minmax(0, 2fr)"
                skeletonCount={2}
                empty={<EmptyState title="The policy has no rules">Nothing needs approval.</EmptyState>}
              />
              {data !== undefined && (
                <Section title="Try an example">
                  <TryPolicy projects={projects} example={example} onTry={setExample} result={result} />
                </Section>
              )}
              {data?.policy != null && (
                <p className="faint small">
                  Undecided requests expire after {data.policy.expireAfterHours} hours.
                </p>
              )}
            </>
          )}
        </div>
      )}
    </>
  )
}

function createLineColumns(nameProject: (id: string) => string): Column<Line>[] {
  return [
    {
      title: "Changes",
      isHead: true,
      render: ({ number, projects, ...line }) => (
        <TwoLines below={toLineScope(line)}>
          {number}.{" "}
          <strong>{projects === "*" ? "All projects" : projects.map(nameProject).join(", ")}</strong>
        </TwoLines>
      ),
    },
    { title: "Needs approval by", render: ({ needs }) => needWords[needs] },
  ]
}
