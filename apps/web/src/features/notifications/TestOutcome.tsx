import type { Delivery } from "@peering-desk/shared-schemas"
import { Notice } from "#ui/Notice.tsx"

/** Says what became of the last test message. */
export function TestOutcome({ isPending, delivery }: { isPending: boolean; delivery: Delivery | undefined }) {
  if (isPending) return <output>Sending a test message…</output>
  if (delivery === undefined) return null
  const { state, to, lastAnswer } = delivery
  const isSent = state === "sent"
  const title = isSent ? `Test message sent to ${to}` : `Test message to ${to} failed`
  return (
    <Notice tone={isSent ? "works" : "failed"} title={title} announce>
      <p>{lastAnswer}</p>
    </Notice>
  )
}
