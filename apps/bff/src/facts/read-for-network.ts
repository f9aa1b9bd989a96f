import { readLookUp } from "@peering-desk/peering-rules"
import { NetworkFacts, type AtlasPeer } from "@peering-desk/shared-schemas"
import { isOfNetwork, nameNetworkOf, nameOwnNetwork } from "./own-network.ts"

const namedNetworks = 3
const nothingKept = "Nothing was kept."
const nothingFound =
  "The text is neither what the look-up script prints nor the output of a command that shows the network. Run the script of this page and paste all that it prints."

/** A pasted text, and the connection that it is pasted for. */
export interface LookUpQuestion {
  text: string
  own: AtlasPeer
  now: number
}

/** Facts of the network, or the reason that the text has none of it. */
export type LookUpAnswer =
  { facts: NetworkFacts } | { code: "facts_unreadable" | "facts_of_another_network"; detail: string }

/** Reads what a text says of the network of a connection. */
export function readForNetwork({ text, own, now }: LookUpQuestion): LookUpAnswer {
  const found = readLookUp(text, now)
  if (found === null) return toUnreadable(nothingFound)
  if ("problem" in found) return toUnreadable(`${found.problem.says} ${found.problem.next}`)
  const facts = found.networks.find((one) => isOfNetwork(one, own))
  if (facts === undefined) {
    const names = found.networks.slice(0, namedNetworks).map(nameNetworkOf)
    const rest = found.networks.length - names.length
    const named = `${names.join("; ")}${rest > 0 ? `; and ${rest} more` : ""}`
    return {
      code: "facts_of_another_network",
      detail: `The output is about ${named}. This connection is with ${nameOwnNetwork(own)}.`,
    }
  }
  const checked = NetworkFacts.safeParse(facts)
  if (checked.success) return { facts: checked.data }
  const [issue] = checked.error.issues
  return toUnreadable(
    `${issue?.path.join(".") ?? "A value"}: ${issue?.message ?? "can't be kept"}. ${nothingKept}`,
  )
}

function toUnreadable(detail: string): LookUpAnswer {
  return { code: "facts_unreadable", detail }
}
