import type { Delivery } from "@peering-desk/shared-schemas"
import { Notice } from "#ui/Notice.tsx"

/** Says what became of the last test message. */
export function TestOutcome({ isPending, delivery }: { isPending: boolean; delivery: Delivery | undefined }) {
  if (isPending) return <output>Sending a test message…</output>
  if (delivery === undefined) return null
  const { state, to, lastAnswer } = delivery
  return state === "sent" ? (
    <Notice tone="works" title={`Test message sent to ${to}`} announce>
      <p>{lastAnswer}</p>
    </Notice>
  ) : (
    <Notice tone="failed" title={`Test message to ${to} failed`} announce>
      <p>{lastAnswer}</p>
    </Notice>
  )
}
