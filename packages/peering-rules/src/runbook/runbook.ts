import type { AtlasPeer, Container } from "@peering-desk/shared-schemas"
import { isCrossRegion, toAwsLook, toAwsRunbook } from "./aws.ts"
import { toAzureLook, toAzureRunbook } from "./azure.ts"
import { toGcpLook, toGcpRunbook } from "./gcp.ts"
import { notYetKnown, toWhole, type RunbookStep } from "./runbook-step.ts"

/** Everything somebody does for a connection outside Atlas, then what makes applications use it, in order. */
export function toRunbook(peer: AtlasPeer, container: Container | null): RunbookStep[] {
  return [...toCloudSteps(peer, container), ...toLastSteps(peer, container)].map(toWhole)
}

function toCloudSteps(peer: AtlasPeer, container: Container | null): RunbookStep[] {
  switch (peer.providerName) {
    case "AWS":
      return toAwsRunbook(peer, container)
    case "GCP":
      return toGcpRunbook(peer, container)
    case "AZURE":
      return toAzureRunbook(peer, container)
  }
}

/** After AVAILABLE: what still keeps applications out (Atlas: Troubleshoot Network Peering), the same in every cloud. */
function toLastSteps(peer: AtlasPeer, container: Container | null): RunbookStep[] {
  const block = peer.providerName === "AWS" ? peer.routeTableCidrBlock : null
  const groups =
    peer.providerName !== "AWS"
      ? ""
      : isCrossRegion(peer, container)
        ? " A security group cannot stand in for it: the VPC lies in another region than the container."
        : " The VPC's security group can stand in for it, since both are in one region."
  return [
    {
      id: "access-list",
      title: "Let the network into the project's access list",
      why: `Peering opens the way, the access list opens the door: it needs ${block ?? "the blocks your applications connect from"}.${groups}`,
      stage: "after",
      waitsFor: null,
      instructions: [],
    },
    {
      id: "connection-string",
      title: `Use the ${toConnectionString(peer).name} connection string`,
      why: toConnectionString(peer).says,
      stage: "after",
      waitsFor: null,
      instructions: [
        { tool: "console", text: `Atlas: the cluster, Connect, Drivers, ${toConnectionString(peer).where}` },
      ],
    },
    {
      id: "try-it",
      title: "Try it from inside your network",
      why: "First the name, then the port, from where the application runs. Paste what they print: it says what to do next.",
      stage: "after",
      waitsFor: null,
      instructions: [
        {
          tool: "shell",
          text: ['nslookup "$CLUSTER_HOST"', 'nc -vz -w 5 "$CLUSTER_HOST" 27017'].join("\n"),
        },
      ],
    },
  ]
}

/** Which of a cluster's connection strings goes over the peering (Atlas: Connection String Changes). */
export function toConnectionString(peer: AtlasPeer): { name: string; where: string; says: string } {
  if (peer.providerName === "AWS")
    return {
      name: "standard",
      where: "Standard connection",
      says: "On AWS the standard names lead to private addresses inside a peered VPC. With custom DNS on AWS switched on in the project it is the private one (-pri).",
    }
  return {
    name: "private",
    where: "Private IP for Peering",
    says: `Its host names have -pri in them. The standard ones lead to public addresses, past the peering. It exists once the connection is AVAILABLE and a dedicated cluster runs ${
      peer.providerName === "GCP" ? "on Google Cloud" : "in the container's region"
    }.`,
  }
}

/** Where a network cannot reach Atlas over the peering although the connection works, by cloud. */
export function toLimits(peer: AtlasPeer, container: Container | null): string[] {
  switch (peer.providerName) {
    case "AWS":
      return isCrossRegion(peer, container)
        ? [
            "The VPC lies in another region than the container, so security groups cannot be used in the access list.",
          ]
        : []
    case "GCP":
      return [
        "Cloud Run, Cloud Functions and App Engine standard reach a VPC only through a connector.",
        "Routes-based GKE clusters, and networks behind a VPN or an interconnect, are not reached: peering does not pass on.",
      ]
    case "AZURE":
      return [
        "A peering reaches the Atlas region of its container only: an application needs one for each Atlas region it uses.",
      ]
  }
}

/** A command with which the network owner sees the peering as their own cloud has it; null while a value for it is not known. */
export function toLookCommand(peer: AtlasPeer, container: Container | null): string | null {
  const command = toLook(peer, container)
  return command.includes(notYetKnown) ? null : command
}

function toLook(peer: AtlasPeer, container: Container | null): string {
  switch (peer.providerName) {
    case "AWS":
      return toAwsLook(peer, container)
    case "GCP":
      return toGcpLook(peer)
    case "AZURE":
      return toAzureLook(peer)
  }
}
