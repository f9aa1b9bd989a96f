import type { Approval } from "@peering-desk/shared-schemas"
import { useEffect, useId, useState, type ReactNode } from "react"
import { useDecide, type Decision } from "#api/approvals.ts"
import { toProblemWords } from "#copy/problems.ts"
import { ReasonDialog } from "#shared/ReasonDialog.tsx"
import { RefusalNotice } from "#shared/refusals/RefusalNotice.tsx"
import { Button } from "#ui/Button.tsx"
import { ConfirmDialog } from "#ui/overlay/ConfirmDialog.tsx"
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
  const reasonId = useId()
  const [asked, setAsked] = useState<Decision["kind"] | null>(null)
  const isDecided = decide.isSuccess && asked === null
  const approval = { kind: "approve", planHash } as const
  useEffect(() => {
    // The button that opened the dialog is gone. While it was open, nothing else could take the focus.
    if (isDecided) document.querySelector<HTMLElement>("main h1")?.focus()
  }, [isDecided])
  const close = () => {
    if (!decide.isPending) setAsked(null)
  }
  const failed = decide.isError ? decide.error : null
  const error = failed && <RefusalNotice words={toProblemWords(failed)} projectId={projectId} announce />
  const send = (decision: Decision) => {
    if (decide.isPending) return
    decide.mutate(decision, { onSuccess: () => setAsked(null) })
  }
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
            {may.decide && !holds && (
              <p id={reasonId} className="quiet">
                It can't be approved as it is now.
              </p>
            )}
            {may.withdraw && <Button onClick={() => ask("withdraw")}>Withdraw…</Button>}
            {may.decide && (
              <>
                <Button onClick={() => ask("decline")}>Decline…</Button>
                <Button
                  kind="primary"
                  aria-disabled={!holds || decide.isPending}
                  aria-describedby={holds ? undefined : reasonId}
                  onClick={() => holds && (isConfirmed ? ask("approve") : send(approval))}
                >
                  {decide.isPending && asked === null
                    ? "Sending…"
                    : isConfirmed
                      ? "Approve and send…"
                      : "Approve and send"}
                </Button>
              </>
            )}
          </div>
        </div>
      )}
      {asked === null && error}
      {asked === "approve" && (
        <ConfirmDialog
          title="Approve this request?"
          act={decide.isPending ? "Sending…" : "Approve and send"}
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
          act={decide.isPending ? "Withdrawing…" : "Withdraw"}
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
