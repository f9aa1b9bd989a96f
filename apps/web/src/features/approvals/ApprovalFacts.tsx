import type { Approval } from "@peering-desk/shared-schemas"
import { toDecision, toRequesterName } from "#copy/approvals.ts"
import { needWords } from "./policy-words.ts"
import { Copyable } from "#ui/Copyable.tsx"
import { DescriptionList, Fact } from "#ui/DescriptionList.tsx"
import { Section } from "#ui/Section.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"

/** Who asked, who decided, and when. */
export function ApprovalFacts({ approval, project }: { approval: Approval; project: string }) {
  const { requestedBy, requestedAt, expiresAt, decidedAt, needs, plan, planHash, state } = approval
  const decision = toDecision(approval)
  const label = "label" in plan ? plan.label : undefined
  return (
    <Section title="Request">
      <DescriptionList>
        <Fact label="Project">{project}</Fact>
        {label !== undefined && <Fact label="Name">{label}</Fact>}
        <Fact label="Requested">
          {toRequesterName(approval)}, <Timestamp at={requestedAt} />
        </Fact>
        {requestedBy.email !== null && <Fact label="Email">{requestedBy.email}</Fact>}
        <Fact label="Approver">{needWords[needs]}</Fact>
        {decision !== null && decidedAt !== null ? (
          <Fact label="Decision">
            {decision}, <Timestamp at={decidedAt} />
          </Fact>
        ) : (
          <Fact label={state === "expired" ? "Expired" : "Expires"}>
            <Timestamp at={expiresAt} />
          </Fact>
        )}
        <Fact label="Plan hash">
          <Copyable label="Plan hash" value={planHash} shown={`${planHash.slice(0, 16)}…`} />
        </Fact>
      </DescriptionList>
    </Section>
  )
}
