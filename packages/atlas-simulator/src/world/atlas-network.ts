import { derive } from "./identifiers.ts"
import type { Container } from "./world.ts"

const letters = "abcdefghijklmnopqrstuvwxyz"
const lettersAndDigits = `${letters}0123456789`

/** Names the network that Atlas makes inside a container, with nulls until something lives there. */
export function toAtlasNetwork(container: Container): Record<string, string | null> {
  const { id, providerName, provisioned } = container
  const name = (prefix: string, part: string, length: number, alphabet?: string) =>
    provisioned ? prefix + derive(`${providerName}/${id}/${part}`, length, alphabet) : null
  switch (providerName) {
    case "AWS":
      return { vpcId: name("vpc-0", "vpc", 16) }
    case "GCP":
      return {
        gcpProjectId: name("p-", "project", 24, lettersAndDigits),
        networkName: name(`nt-${id}-`, "network", 8, lettersAndDigits),
      }
    case "AZURE":
      return { vnetName: name(`vnet_${id}_`, "vnet", 8, letters) }
  }
}

/** Returns the subscription of Atlas's VNets. Despite its name it is an id that Atlas makes up; in recordings two projects share one. */
export function toAtlasSubscription(orgId: string): string {
  return derive(`${orgId}/azure`, 24)
}
