import { readVpcRegionId, type AtlasPeer, type Container } from "@peering-desk/shared-schemas"
import { isCrossRegion, toAwsRunbook } from "./aws.ts"
import { toAzureRunbook } from "./azure.ts"
import { toGcpCustomRoutesStep, toGcpRunbook } from "./gcp.ts"
import { toLeastReachStep } from "./least-reach.ts"
import { explainNotPlain } from "#formats/not-plain.ts"
import {
  buildCommand,
  buildStep,
  notYetKnown,
  toAsked,
  withholdCommands,
  type RunbookStep,
} from "./runbook-step.ts"

/** Lists every step outside Atlas for a peering, then the steps that make applications use it, in order. */
export function toRunbook(peer: AtlasPeer, container: Container | null): RunbookStep[] {
  const steps = [
    ...toCloudSteps(peer, container),
    ...toLastSteps(peer, container),
    ...(peer.providerName === "GCP" ? [toGcpCustomRoutesStep(peer, container)] : []),
    toLeastReachStep(peer, container),
  ]
  return withholdCommands(steps, peer, container)
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

/** Lists what still keeps applications out after AVAILABLE (Atlas: Troubleshoot Network Peering); equal in every cloud. */
function toLastSteps(peer: AtlasPeer, container: Container | null): RunbookStep[] {
  const block = peer.providerName === "AWS" ? peer.routeTableCidrBlock : null
  const groups =
    peer.providerName !== "AWS"
      ? ""
      : isCrossRegion(peer, container)
        ? " Security groups don't work across regions."
        : " A security group of the VPC works too."
  const connectionString = toConnectionString(peer)
  const host = toAsked("CLUSTER_HOST", "a hostname of the cluster")
  return [
    buildStep({
      id: "access-list",
      title: "Add the network to the IP access list",
      why: `Add ${block ?? "the CIDRs your applications connect from"} to the project's IP access list.${groups}`,
      stage: "after",
      tools: {},
    }),
    buildStep({
      id: "connection-string",
      title: `Use the ${connectionString.name} connection string`,
      why: connectionString.says,
      stage: "after",
      tools: { console: [`Atlas: the cluster, Connect, Drivers, ${connectionString.where}`] },
    }),
    buildStep({
      id: "try-it",
      title: "Test from inside your network",
      why: "Run the test where the application runs, then paste its output. CLUSTER_HOST is a hostname of the cluster's connection string.",
      stage: "after",
      tools: { shell: [`nslookup ${host}`, `nc -vz -w 5 ${host} 27017`] },
    }),
  ]
}

/** Chooses the cluster's connection string that uses the peering (Atlas: Connection String Changes). */
export function toConnectionString(peer: AtlasPeer): { name: string; where: string; says: string } {
  if (peer.providerName === "AWS")
    return {
      name: "standard",
      where: "Standard connection",
      says: "Inside a peered VPC the standard hostname resolves to private IPs. With custom DNS on AWS, use the private one (-pri).",
    }
  return {
    name: "private",
    where: "Private IP for Peering",
    says: `Its hostnames contain -pri. Standard hostnames resolve to public IPs and bypass the peering. Available once the connection is AVAILABLE and a dedicated cluster runs ${
      peer.providerName === "GCP" ? "on Google Cloud" : "in the container's region"
    }.`,
  }
}

/** Builds a command that shows the peering as the owner's cloud has it; null while a value for it is unknown or not plain. */
export function buildCheckCommand(peer: AtlasPeer, container: Container | null): string | null {
  if (explainNotPlain(peer, container) !== null) return null
  const command = toCloudCommand(peer, container)
  return command.includes(notYetKnown) ? null : command
}

function toCloudCommand(peer: AtlasPeer, container: Container | null): string {
  switch (peer.providerName) {
    case "AWS":
      return buildCommand("aws ec2 describe-vpc-peering-connections", {
        "vpc-peering-connection-ids": peer.connectionId,
        region: readVpcRegionId(peer, container),
      })
    case "GCP":
      return buildCommand("gcloud compute networks peerings list", {
        project: peer.gcpProjectId,
        network: peer.networkName,
      })
    case "AZURE":
      return buildCommand("az network vnet peering list", {
        subscription: peer.azureSubscriptionId,
        "resource-group": peer.resourceGroupName,
        "vnet-name": peer.vnetName,
      })
  }
}
