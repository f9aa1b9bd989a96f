import type { ExportSubject } from "@peering-desk/peering-rules"
import {
  newContainerMark,
  type AtlasPeer,
  type Container,
  type PeeringDraft,
} from "@peering-desk/shared-schemas"

const id = "1a2b3c4d5e6f1a2b3c4d5e01"
const containerId = "507f1f77bcf86cd799439011"

/** Values that leave a word, a string or a line where quoting has a gap, and zsh's and bash's own marks. */
export const hostile = [
  "plain",
  "x>$HOME/out $(touch $HOME/out) `touch $HOME/out`",
  "'; touch $HOME/out #",
  '" ; touch $HOME/out #',
  "it's",
  "two words",
  "!! !x ^a^b",
  "# note",
  "=ls ~ * ?",
  "Überführung 京都",
]

/** A connection of each cloud whose names are one text. */
export function toConnections(text: string): [AtlasPeer, Container][] {
  const name = text === "plain" ? null : text
  const side = { id: containerId, atlasCidrBlock: "10.8.0.0/21" }
  return [
    [
      {
        providerName: "AWS",
        id,
        containerId,
        accepterRegionName: "us-west-1",
        awsAccountId: "123456789012",
        connectionId: name ?? "pcx-09859d49147799d71",
        routeTableCidrBlock: "10.15.0.0/16",
        statusName: "AVAILABLE",
        vpcId: name ?? "vpc-0c5e7d2b9f1a46083",
      },
      { ...side, providerName: "AWS", regionName: "EU_WEST_1" },
    ],
    [
      {
        providerName: "GCP",
        id,
        containerId,
        gcpProjectId: name ?? "shop-prod",
        networkName: name ?? "core",
        status: "AVAILABLE",
      },
      { ...side, providerName: "GCP", gcpProjectId: "p-xyz", networkName: "nt-abc" },
    ],
    [
      {
        providerName: "AZURE",
        id,
        containerId,
        azureDirectoryId: "11111111-2222-3333-4444-555555555555",
        azureSubscriptionId: "66666666-7777-8888-9999-000000000000",
        resourceGroupName: name ?? "net",
        vnetName: name ?? "hub",
        status: "AVAILABLE",
      },
      { ...side, providerName: "AZURE", region: "EUROPE_WEST" },
    ],
  ]
}

/** A draft of each cloud for an existing and for a new container, whose names are one text. */
export function toSubjects(text: string): ExportSubject[] {
  return toConnections(text).flatMap(([peer, container]) => {
    const { providerName } = peer
    const given = Object.entries(peer).filter(
      ([name]) => !["id", "providerName", "status", "statusName", "connectionId"].includes(name),
    )
    const request = Object.fromEntries(given) as Record<string, string>
    if (providerName === "AWS" && text !== "plain") request["accepterRegionName"] = text
    const old: PeeringDraft = { providerName, request }
    const fresh: PeeringDraft = {
      providerName,
      request: { ...request, containerId: newContainerMark },
      newContainer: {
        atlasCidrBlock: providerName === "GCP" ? "10.8.0.0/18" : "10.8.0.0/21",
        ...(providerName === "AWS" && { region: "EU_WEST_1" }),
        ...(providerName === "AZURE" && { region: "EUROPE_WEST" }),
      },
    }
    const projectId = "64b1f0a27c3d5e4f8a9b0c1d"
    return [
      { projectId, draft: old, container, peerId: null },
      { projectId, draft: fresh, container: null, peerId: null },
    ]
  })
}

/** Values of the variables that texts to copy ask for. */
export const asked: Readonly<Record<string, string>> = {
  ATLAS_PUBLIC_KEY: "public",
  ATLAS_PRIVATE_KEY: "pri vate$",
  CLUSTER_HOST: "h0.example.net",
  NETWORK_ACL_ID: "acl-1",
  NETWORK_SECURITY_GROUP: "apps",
  PRIORITY: "200",
  RULE_NUMBER: "40",
  SECURITY_GROUP_ID: "sg-1",
}
