import type { Container, Peering } from "@peering-desk/shared-schemas"
import { explainFailure } from "@peering-desk/peering-rules"
import { Callout } from "./Callout.tsx"

/** Says why it failed and what to do. The card below has the evidence. */
export function FailureSentence({ peering, container }: { peering: Peering; container: Container | null }) {
  const { what, todo } = explainFailure(peering.peer, container)
  return <Callout strong={what}>{todo}</Callout>
}
