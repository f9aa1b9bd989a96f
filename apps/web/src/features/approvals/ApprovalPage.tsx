import type { PlannedAct } from "@peering-desk/peering-rules"
import type { Approval, ApprovalCheck, PeeringDraft } from "@peering-desk/shared-schemas"
import { useQuery } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { approvalQuery } from "#api/approvals.ts"
import { useProject } from "#api/projects/projects.ts"
import { isNotFound } from "#api/request-error.ts"
import {
  planWords,
  toApprovalState,
  toAskWords,
  toOwnerName,
  toPlanSubject,
  toRequesterName,
  toSentWords,
} from "#copy/approvals.ts"
import { formatCount } from "#copy/counts.ts"
import { crumbTo } from "#shared/crumb-to.tsx"
import { toInitials } from "#shared/initials.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { PathPicture } from "#shared/path/PathPicture.tsx"
import { usePlan } from "#shared/path/use-plan.ts"
import { Failure } from "#shared/refusals/Failure.tsx"
import { ReadBoundary } from "#shared/refusals/ReadFailure.tsx"
import { PageLink } from "#shared/PageLink.tsx"
import { CloudMark } from "#ui/marks/CloudMark.tsx"
import { Pill } from "#ui/marks/Pill.tsx"
import { PageHeader } from "#ui/PageHeader.tsx"
import { Timestamp } from "#ui/time/Timestamp.tsx"
import { ApprovalChecks } from "./ApprovalChecks.tsx"
import { ApprovalFacts } from "./ApprovalFacts.tsx"
import { ApprovalOutcome } from "./ApprovalOutcome.tsx"
import { ChangeRows } from "./ChangeRows.tsx"
import { Decide } from "./Decide.tsx"
import { DeletionConsequences } from "./DeletionConsequences.tsx"
import { listNetworkActs, listOtherActs, toPlannedDraft } from "./sent-acts.ts"
import { SentActs } from "./SentActs.tsx"
import styles from "./approvals.module.css"

const crumbs = [crumbTo(pagePaths.approvals(), "Approvals")]

/** One request: what would be sent, whether it still can be, and the decision. */
export function ApprovalPage({ approvalId }: { approvalId: string }) {
  const read = useQuery(approvalQuery(approvalId))
  // What was read before is not for somebody who may no longer see it.
  const data = isNotFound(read.error) ? undefined : read.data
  const project = useProject(data?.approval.projectId ?? null)
  if (data === undefined)
    return (
      <>
        <PageHeader title="Request" crumbs={crumbs} />
        <ReadBoundary read={{ ...read, data }}>
          <p className="shell-wait">Loading the request</p>
        </ReadBoundary>
      </>
    )

  const { approval, check } = data
  const draft = toPlannedDraft(approval)
  const shown = { approval, check, projectName: project?.name, error: read.error }
  return draft === null ? <ApprovalView {...shown} /> : <NetworkApproval {...shown} draft={draft} />
}

interface Shown {
  /** Why it could not be read again. */
  error: Error | null
  approval: Approval
  check: ApprovalCheck | null
  projectName: string | undefined
}

/** A request that creates a connection: its path shows what is sent. */
function NetworkApproval({ draft, ...shown }: Shown & { draft: PeeringDraft }) {
  const { projectId, state } = shown.approval
  const { path, acts, own, atlas } = usePlan(projectId, draft, toSentWords(state) !== null)
  return (
    <ApprovalView
      {...shown}
      acts={acts}
      picture={
        <PathPicture
          {...{ path, own, atlas }}
          gap={{ above: state === "done" ? null : { words: "Not peered yet", tone: "unknown" }, below: null }}
        />
      }
    />
  )
}

function ApprovalView({
  approval,
  check,
  projectName,
  error,
  acts = [],
  picture,
}: Shown & { acts?: readonly PlannedAct[]; picture?: ReactNode }) {
  const { plan, state, projectId, providerName, peeringId, expiresAt, requestedAt, requestedBy } = approval
  const { tone, words } = toApprovalState(approval)
  const title = `${planWords[plan.kind]} ${toPlanSubject(plan)}`
  const showsConnection = peeringId !== null && (plan.kind !== "delete" || state !== "done")
  const sent = "request" in plan ? listNetworkActs(plan, acts) : listOtherActs(plan)
  const project = projectName ?? projectId
  return (
    <>
      <PageHeader
        title={title}
        crumbs={crumbs}
        mark={providerName !== null && <CloudMark cloud={providerName} />}
        status={<Pill tone={tone}>{words}</Pill>}
        actions={
          showsConnection && (
            <PageLink href={pagePaths.connection(projectId, peeringId)}>Open connection</PageLink>
          )
        }
      >
        In {project}
        {state === "waiting" && (
          <>
            {" · "}Undecided requests expire <Timestamp at={expiresAt} />
          </>
        )}
      </PageHeader>
      <div className="stack above-16">
        <Failure error={error} />
        <div className="line top gap-12">
          <span className={`initials still ${styles.initials}`} aria-hidden="true">
            {toInitials(requestedBy.name)}
          </span>
          <div className="narrow">
            <p className="wrap text-15">
              <strong>{toRequesterName(approval)}</strong> asks to {toAskWords(plan)}{" "}
              <strong>{toPlanSubject(plan)}</strong>
              {"request" in plan && (
                <>
                  {" "}
                  with <strong>{project}</strong>
                </>
              )}
              : “{approval.reason}”
            </p>
            <p className="quiet text-13">
              <Timestamp at={requestedAt} />
              {requestedBy.email !== null && ` · ${requestedBy.email}`}
            </p>
          </div>
        </div>
        <ApprovalOutcome approval={approval} />
        <section aria-label="Plan" className={`card ${styles.plan}`}>
          {"request" in plan ? (
            picture
          ) : (
            <ChangeRows plan={plan}>
              {plan.kind === "delete" && <DeletionConsequences approval={approval} plan={plan} />}
            </ChangeRows>
          )}
          <Decide approval={approval} holds={check?.holds === true} title={title}>
            <strong>Approving sends {formatCount(sent.length, "change")} to Atlas</strong>
            {sent.length === 1 ? ", once." : ", each once."}
          </Decide>
        </section>
        <div className={`stack top ${styles.columns}`}>
          <div className="stack">
            <SentActs
              title={toSentWords(state) ?? "What was requested"}
              sent={sent}
              others={acts.filter(({ by }) => by !== "atlas")}
              owner={toOwnerName(plan)}
            />
            {check !== null && <ApprovalChecks check={check} name={requestedBy.name} />}
          </div>
          <ApprovalFacts approval={approval} project={project} />
        </div>
      </div>
    </>
  )
}
