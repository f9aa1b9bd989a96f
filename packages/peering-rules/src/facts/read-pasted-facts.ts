import { providerLabels, type NetworkFacts } from "@peering-desk/shared-schemas"
import { listNetworkFields } from "#paste/fields.ts"
import { beginLine } from "#facts/look-up/look-up-script.ts"
import type { Pasted } from "#paste/pasted.ts"
import { readPasted } from "#paste/read-pasted.ts"
import { readLookUp } from "./read-look-up.ts"

/**
 * Reads a pasted text for the form: the output of a look-up with all that it tells of a network, or anything else that names one.
 * @param now time of the paste, in milliseconds
 */
export function readPastedFacts(text: string, now: number): Pasted {
  const lookUp = readLookUp(text, now) ?? { networks: [] }
  const isLookUp = text.includes(beginLine)
  if ("problem" in lookUp && (isLookUp || lookUp.problem.code !== "no-network"))
    return { ...nothing, notes: [lookUp.problem.says, lookUp.problem.next] }
  const networks = "networks" in lookUp ? lookUp.networks : []
  if (isLookUp) return toLookedUp(networks)
  const pasted = readPasted(text)
  const [facts, ...others] = networks
  // One output of a tool: its facts go with the fields that it fills.
  if (facts === undefined || others.length > 0 || pasted.choices.length > 0) return pasted
  return { ...pasted, fields: { ...pasted.fields, facts } }
}

const nothing: Pasted = {
  source: "nothing",
  providerName: null,
  fields: { request: {}, newContainer: null },
  notes: [],
  choices: [],
}

function toLookedUp(networks: readonly NetworkFacts[]): Pasted {
  const [first, ...more] = networks.map(toPasted)
  if (first === undefined) return nothing
  if (more.length === 0) return first
  const choices = networks.map((facts) => ({ title: toTitle(facts), pasted: toPasted(facts) }))
  return { ...nothing, source: "look-up", providerName: first.providerName, choices }
}

function toTitle({ providerName, network, account }: NetworkFacts): string {
  const of = account === undefined ? "" : ` of ${account.value}`
  return `${network?.value ?? "A network"}${of} on ${providerLabels[providerName]}`
}

/** Returns what a look-up fills into the form: the ids of the network, and the CIDR of a VPC that has only one. */
function toPasted(facts: NetworkFacts): Pasted {
  const { providerName, network, addresses } = facts
  const blocks = addresses?.value ?? []
  const notes =
    providerName === "AWS" && blocks.length > 1
      ? [`${network?.value} has ${blocks.length} CIDRs. Choose the one that Atlas gets a route to.`]
      : []
  return {
    source: "look-up",
    providerName,
    fields: { request: listNetworkFields(facts), newContainer: null, networkBlocks: blocks, facts },
    notes,
    choices: [],
  }
}
