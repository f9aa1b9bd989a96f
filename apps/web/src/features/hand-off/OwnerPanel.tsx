import { buildCheckCommand } from "@peering-desk/peering-rules"
import { findMistake, HandOffDecline, type HandOffView, providerLabels } from "@peering-desk/shared-schemas"
import { type ReactNode, useState } from "react"
import { isLinkOver, useDeclineHandOff, type usePressHandOff } from "#api/peerings/hand-off.ts"
import { peeringEffects, toStateWords } from "#copy/hand-off.ts"
import { ReasonDialog } from "#shared/ReasonDialog.tsx"
import { Failure } from "#shared/refusals/Failure.tsx"
import { type Tool, toolWords } from "#shared/setup/instruction-tools.ts"
import { toTool } from "#shared/setup/way.ts"
import { Button } from "#ui/Button.tsx"
import { CopyBlock } from "#ui/CopyBlock.tsx"
import styles from "./hand-off.module.css"
import type { OwnerAct } from "./owner-steps.ts"
import { StepCommand } from "./StepCommand.tsx"

const reasonField = {
  label: "Reason",
  hint: "Up to 200 characters",
  check: (reason: string) => findMistake(HandOffDecline.shape.reason, reason),
}

/** The one act of the owner with its command, or what the state means for them. */
export function OwnerPanel({
  token,
  view,
  act,
  tool,
  ways,
  press,
}: {
  token: string
  view: HandOffView
  act: OwnerAct | null
  tool: Tool
  /** The switch between the ways to do it. */
  ways: ReactNode
  press: ReturnType<typeof usePressHandOff>
}) {
  const { strong, more } = toStateWords(view)
  const done = act?.done ?? null
  return (
    <div className="stack gap-12">
      <div className="row split top">
        <div className="stack gap-4 fill-260">
          <h3>{done === null ? strong : act?.title}</h3>
          <p className="quiet">{done === null ? more : peeringEffects[view.providerName]}</p>
        </div>
        {act !== null && ways}
      </div>
      {act !== null && <StepCommand about={act.title} steps={act.steps} tool={tool} />}
      {act !== null && done !== null && (
        <>
          <Buttons token={token} view={view} done={done} press={press} />
          <IfItFails view={view} act={act} />
        </>
      )}
    </div>
  )
}

function IfItFails({ view: { providerName, peer, container }, act }: { view: HandOffView; act: OwnerAct }) {
  const check = buildCheckCommand(peer, container)
  return (
    <details className="fold">
      <summary>If it fails</summary>
      <div className="stack gap-8 above-8">
        {act.steps.map(({ id, why }) => (
          <p key={id}>{why}</p>
        ))}
        {check !== null && (
          <CopyBlock
            label={`${toolWords[toTool("cli", providerName)]}, to verify in ${providerLabels[providerName]}`}
            about="verify the peering"
            text={check}
          />
        )}
      </div>
    </details>
  )
}

/** Reports the act as done, or declines. */
function Buttons({
  token,
  view,
  done,
  press,
}: {
  token: string
  view: HandOffView
  done: string
  press: ReturnType<typeof usePressHandOff>
}) {
  const decline = useDeclineHandOff(token)
  const [isDeclining, setDeclining] = useState(false)
  const { error } = press
  return (
    <>
      <div className={`row gap-10 ${styles.actions}`}>
        <Button kind="primary" isBusy={press.isPending} onClick={() => press.mutate()}>
          {press.isPending ? "Checking…" : done}
        </Button>
        <Button
          onClick={() => {
            decline.reset()
            setDeclining(true)
          }}
        >
          Decline…
        </Button>
      </div>
      <Failure error={isLinkOver(error) ? null : error} />
      {isDeclining && (
        <ReasonDialog
          projectId={null}
          question="Decline this peering?"
          act={{ words: "Decline", busy: "Declining…" }}
          field={reasonField}
          isPending={decline.isPending}
          error={decline.error}
          onConfirm={(reason) => decline.mutate(reason, { onSuccess: () => setDeclining(false) })}
          onCancel={() => setDeclining(false)}
        >
          <p>
            {view.askedBy.name} sees your reason at once. Nothing changes in your account.
            {view.peer.providerName === "AWS" &&
              " The request in AWS stays open until it expires or you reject it there."}
          </p>
        </ReasonDialog>
      )}
    </>
  )
}
