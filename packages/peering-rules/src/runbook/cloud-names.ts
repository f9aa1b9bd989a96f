/** Of its own by the end of an id of Atlas's: `atlas-99439011`, which every cloud takes. */
function toOwnName(word: string, id: string | null | undefined): string {
  const end = (id ?? "").toLowerCase().replace(/[^a-z0-9]/g, "")
  return end === "" ? word : `${word}-${end.slice(-8)}`
}

/** The name of a peering's other half. Google Cloud wants it once in a network, with which two projects of Atlas's may peer. */
export function toGcpPeeringName({ containerId }: { containerId?: string | null | undefined }): string {
  return toOwnName("atlas", containerId)
}

/** The name of a firewall rule. Google Cloud wants it once in a project, of which one container may serve several networks. */
export function toGcpFirewallName({ id }: { id: string }): string {
  return toOwnName("allow-atlas", id)
}

/** The name of a rule in a network security group, where a second one of the same name would overwrite the first. */
export function toAzureRuleName({ containerId }: { containerId?: string | null | undefined }): string {
  return toOwnName("allow-atlas", containerId)
}
