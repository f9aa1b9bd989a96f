import {
  networkFields,
  requestFields,
  type AtlasPeer,
  type Container,
  type ProviderName,
} from "@peering-desk/shared-schemas"
import { formatAccount } from "./peerings.ts"

/** What names a network, in its cloud's words; `shown` is how people write the value, and null is for one that Atlas did not give. */
export interface NetworkFact {
  label: string
  value: string | null
  shown?: string
}

const toFact = (label: string, value: string | null | undefined): NetworkFact => ({
  label,
  value: value || null,
})

/** Lists what names the person's own network: its name, what it is in from the inside out, and the rest. */
export function listOwnFacts(peer: AtlasPeer): NetworkFact[] {
  const fields = Object.entries(requestFields[peer.providerName])
  const at = fields.findIndex(([name]) => name === networkFields[peer.providerName])
  return [...fields.slice(0, at + 1).toReversed(), ...fields.slice(at + 1)].flatMap(([name, { fact }]) => {
    const value = Reflect.get(peer, name) as string | null | undefined
    if (fact === null) return []
    return {
      ...toFact(fact, value),
      ...(name === "awsAccountId" && value && { shown: formatAccount(value) }),
    }
  })
}

/** The fields of a container that name its network. */
const atlasFields: Record<ProviderName, [label: string, field: string][]> = {
  AWS: [["VPC", "vpcId"]],
  GCP: [
    ["Network", "networkName"],
    ["Project", "gcpProjectId"],
  ],
  AZURE: [["VNet", "vnetName"]],
}

/** Lists what names the network that Atlas makes for a container of the peering's cloud. */
export function listAtlasFacts({ providerName }: AtlasPeer, container: Container | null): NetworkFact[] {
  return atlasFields[providerName].map(([label, field]) =>
    toFact(label, container && (Reflect.get(container, field) as string | null | undefined)),
  )
}
