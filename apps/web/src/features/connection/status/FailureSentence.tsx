import type { Container, Peering } from "@peering-desk/shared-schemas"
import { explainFailure } from "@peering-desk/peering-rules"
import { Callout } from "./Callout.tsx"

/** Why it failed, and what to do about it. What is known besides stands on the card below. */
export function FailureSentence({ peering, container }: { peering: Peering; container: Container | null }) {
  const { what, todo } = explainFailure(peering.peer, container)
  return <Callout strong={what}>{todo}</Callout>
}
