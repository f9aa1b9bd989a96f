import type { Approval } from "@peering-desk/shared-schemas"
import { toDecision, toNeedWords, toRequesterName } from "#copy/approvals.ts"
import { DescriptionList, Fact } from "#ui/DescriptionList.tsx"
import { Section } from "#ui/Section.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"

/** Who asked, who decided, and when. */
export function ApprovalFacts({ approval }: { approval: Approval }) {
  const { requestedBy, requestedAt, expiresAt, decidedAt, needs, reason, state } = approval
  const decision = toDecision(approval)
  return (
    <Section title="Request">
      <DescriptionList>
        <Fact label="Requested by">
          {toRequesterName(approval)}
          {requestedBy.email !== null && ` · ${requestedBy.email}`}
        </Fact>
        <Fact label="Requested">
          <Timestamp at={requestedAt} />
        </Fact>
        <Fact label="Reason">{reason}</Fact>
        <Fact label="Needs approval by">{toNeedWords(needs)}</Fact>
        {decision !== null && decidedAt !== null ? (
          <Fact label="Decision">
            {decision}, <Timestamp at={decidedAt} />
          </Fact>
        ) : (
          <Fact label={state === "expired" ? "Expired" : "Expires"}>
            <Timestamp at={expiresAt} />
          </Fact>
        )}
      </DescriptionList>
    </Section>
  )
}
