import type { Approval } from "@peering-desk/shared-schemas"
import { useEffect, useId, useState, type ReactNode } from "react"
import { useDecide, type Decision } from "#api/approvals.ts"
import { getProblem } from "#api/request-error.ts"
import { toProblemWords } from "#copy/problems.ts"
import { ReasonDialog } from "#shared/ReasonDialog.tsx"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Button } from "#ui/Button.tsx"
import { ConfirmDialog } from "#ui/overlay/ConfirmDialog.tsx"
import { focusTitle } from "#ui/PageHeader.tsx"
import styles from "./approvals.module.css"
import { isDestructive } from "./sent-acts.ts"

/** The buttons with which a waiting request is approved, declined or withdrawn. */
export function Decide({
  approval: { id, projectId, plan, planHash, requestedBy, may },
  holds,
  title,
  children,
}: {
  approval: Approval
  /** False while it can't be approved. */
  holds: boolean
  title: string
  /** What approving does. */
  children: ReactNode
}) {
  const isConfirmed = isDestructive(plan)
  const decide = useDecide(id)
  const [asked, setAsked] = useState<Decision["kind"] | null>(null)
  const { error: failed } = decide
  const isClosed = (error: unknown) => getProblem(error)?.code === "approval_closed"
  const isDecided = (decide.isSuccess || isClosed(failed)) && asked === null
  const approval = { kind: "approve", planHash } as const
  useEffect(() => {
    // The button that opened the dialog is gone. While it was open, nothing else could take the focus.
    if (isDecided) focusTitle()
  }, [isDecided])
  const close = () => {
    if (!decide.isPending) setAsked(null)
  }
  const error = failed && <RefusalNotice words={toProblemWords(failed)} projectId={projectId} announce />
  const send = (decision: Decision) => {
    if (decide.isPending) return
    decide.mutate(decision, {
      onSuccess: () => setAsked(null),
      // There is nothing left to ask.
      onError: (thrown) => isClosed(thrown) && setAsked(null),
    })
  }
  const toAct = (words: string, busy: string) => (decide.isPending ? busy : words)
  const ask = (kind: Decision["kind"]) => {
    decide.reset()
    setAsked(kind)
  }

  return (
    <>
      {(may.decide || may.withdraw) && (
        <div className={`row gap-12 line-above on-raised pad-y-14 pad-x-20 ${styles.foot}`}>
          <p>{children}</p>
          <div className="row push">
            <Choices
              may={may}
              holds={holds}
              isConfirmed={isConfirmed}
              isPending={decide.isPending}
              isAsking={asked !== null}
              onAsk={ask}
              onApprove={() => (isConfirmed ? ask("approve") : send(approval))}
            />
          </div>
        </div>
      )}
      {asked === null && error}
      {asked === "approve" && (
        <ConfirmDialog
          title="Approve this request?"
          act={toAct("Approve and send", "Sending…")}
          isPending={decide.isPending}
          onConfirm={() => send(approval)}
          onClose={close}
        >
          <p>
            {title}: sends this plan to Atlas now, on behalf of {requestedBy.name}. The audit log names you as
            approver.
          </p>
          {error}
        </ConfirmDialog>
      )}
      {asked === "decline" && (
        <ReasonDialog
          projectId={projectId}
          question="Decline this request?"
          act={{ words: "Decline", busy: "Declining…" }}
          isPending={decide.isPending}
          error={failed}
          onConfirm={(reason) => send({ kind: "decline", reason })}
          onCancel={close}
        >
          <p>The person who asked sees your reason.</p>
        </ReasonDialog>
      )}
      {asked === "withdraw" && (
        <ConfirmDialog
          title="Withdraw this request?"
          act={toAct("Withdraw", "Withdrawing…")}
          isPending={decide.isPending}
          onConfirm={() => send({ kind: "withdraw" })}
          onClose={close}
        >
          <p>Nobody can approve it after that. Nothing was sent.</p>
          {error}
        </ConfirmDialog>
      )}
    </>
  )
}

function Choices({
  may,
  holds,
  isConfirmed,
  isPending,
  isAsking,
  onAsk,
  onApprove,
}: {
  may: Approval["may"]
  holds: boolean
  isConfirmed: boolean
  isPending: boolean
  isAsking: boolean
  onAsk: (kind: Decision["kind"]) => void
  onApprove: () => void
}) {
  const reasonId = useId()
  const words = isConfirmed ? "Approve and send…" : "Approve and send"
  return (
    <>
      {may.decide && !holds && (
        <p id={reasonId} className="quiet">
          It can't be approved as it is now.
        </p>
      )}
      {may.withdraw && <Button onClick={() => onAsk("withdraw")}>Withdraw…</Button>}
      {may.decide && (
        <>
          <Button onClick={() => onAsk("decline")}>Decline…</Button>
          <Button
            kind="primary"
            aria-disabled={!holds || isPending}
            aria-describedby={holds ? undefined : reasonId}
            onClick={() => holds && onApprove()}
          >
            {isPending && !isAsking ? "Sending…" : words}
          </Button>
        </>
      )}
    </>
  )
}
