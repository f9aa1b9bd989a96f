/** Makes a name unique with the end of an Atlas id: `atlas-99439011`, which every cloud takes. */
function toOwnName(word: string, id: string | null | undefined): string {
  const end = (id ?? "").toLowerCase().replace(/[^a-z0-9]/g, "")
  return end === "" ? word : `${word}-${end.slice(-8)}`
}

/** Names a peering's other half. It must be unique in a Google Cloud network, which two Atlas projects may peer with. */
export function toGcpPeeringName({ containerId }: { containerId?: string | null | undefined }): string {
  return toOwnName("atlas", containerId)
}

/** Names a firewall rule. It must be unique in a Google Cloud project, where one container may serve several networks. */
export function toGcpFirewallName({ id }: { id: string }): string {
  return toOwnName("allow-atlas", id)
}

/** Names a rule of the least-reach step, which is beside the ones above. */
export function toLeastReachName(end: string, id: string | null | undefined): string {
  return toOwnName(`atlas-least-${end}`, id)
}

/** Names a rule in a network security group, where a second one of the same name would overwrite the first. */
export function toAzureRuleName({ containerId }: { containerId?: string | null | undefined }): string {
  return toOwnName("allow-atlas", containerId)
}
