import type { Container, GcpPeer } from "@peering-desk/shared-schemas"
import { toGcpFirewallName, toGcpPeeringName } from "./cloud-names.ts"
import { toGcpBlocks, toGcpFirewall, toGcpOtherHalf } from "./terraform.ts"
import { atlasPorts, fillIn, type RunbookStep } from "./runbook-step.ts"
import { toShellCommand, toShellOption } from "#formats/shell-words.ts"

/** What the Google Cloud side of a connection needs, in order. There is no request to accept there: one makes the other half. */
export function toGcpRunbook(peer: GcpPeer, container: Container | null): RunbookStep[] {
  const side = container?.providerName === "GCP" ? container : null
  const project = fillIn(peer.gcpProjectId)
  const network = fillIn(peer.networkName)
  const atlasProject = side?.gcpProjectId ?? null
  const atlasNetwork = side?.networkName ?? null
  const atlasCidr = side?.atlasCidrBlock ?? null
  const own = toShellOption("--project", project)

  return [
    {
      id: "gcp-peer-back",
      title: "Make the other half of the peering",
      why: "There is no request to accept in Google Cloud, and none shows there: it joins two networks once each names the other. Atlas has named yours; yours must name Atlas's.",
      stage: "now",
      waitsFor:
        atlasProject === null || atlasNetwork === null
          ? "Atlas is still making its side; its project and network appear here by themselves."
          : null,
      instructions: [
        {
          tool: "gcloud",
          text: toShellCommand([
            `gcloud compute networks peerings create ${toGcpPeeringName(peer)}`,
            own,
            toShellOption("--network", network),
            toShellOption("--peer-project", fillIn(atlasProject)),
            toShellOption("--peer-network", fillIn(atlasNetwork)),
          ]),
        },
        { tool: "terraform", text: toGcpOtherHalf(peer, container) },
        {
          tool: "console",
          text: [
            `Google Cloud console, project ${project}: VPC network, VPC network peering, Create connection, name ${toGcpPeeringName(peer)}`,
            `Your VPC network: ${network}`,
            `Peered VPC network: in another project, project ID ${fillIn(atlasProject)}`,
            `VPC network name: ${fillIn(atlasNetwork)}, then Create`,
          ].join("\n"),
        },
      ],
    },
    {
      id: "gcp-firewall",
      title: `Let ports ${atlasPorts.first}–${atlasPorts.last} out`,
      why: "Only where a rule of yours denies outbound traffic; Google Cloud allows it otherwise. PRIORITY is below that of the rule which denies: where they are equal, that one wins.",
      stage: "after",
      waitsFor: atlasCidr === null ? "Atlas's block has to be known." : null,
      instructions: [
        {
          tool: "gcloud",
          text: toShellCommand([
            `gcloud compute firewall-rules create ${toGcpFirewallName(peer)}`,
            own,
            toShellOption("--network", network),
            '--priority="$PRIORITY"',
            "--direction=EGRESS --action=ALLOW",
            `--rules=tcp:${atlasPorts.first}-${atlasPorts.last}`,
            toShellOption("--destination-ranges", fillIn(atlasCidr)),
          ]),
        },
        { tool: "terraform", text: toGcpFirewall(peer, container) },
        {
          tool: "console",
          text: [
            `Google Cloud console, project ${project}: VPC network, Firewall, Create firewall rule, name ${toGcpFirewallName(peer)}`,
            `Network ${network}, priority below that of the rule which denies, direction Egress, destination ${fillIn(atlasCidr)}, TCP ${atlasPorts.first}-${atlasPorts.last}, Allow`,
          ].join("\n"),
        },
      ],
    },
    {
      id: "gcp-blocks",
      title: "Look up the blocks your network connects from",
      why: "They go into Atlas's access list. An auto-mode network has 10.128.0.0/9; another one lists its subnets.",
      stage: "after",
      waitsFor: null,
      instructions: [
        {
          tool: "gcloud",
          text: toShellCommand([
            "gcloud compute networks subnets list",
            own,
            toShellOption("--network", network),
            "--format='table(name,region,ipCidrRange)'",
          ]),
        },
        { tool: "terraform", text: toGcpBlocks(peer) },
        {
          tool: "console",
          text: `Google Cloud console, project ${project}: VPC networks, ${network}, Subnets`,
        },
      ],
    },
  ]
}

/** Looks at the peering as Google Cloud has it: both names, and whether it is ACTIVE. */
export function toGcpLook(peer: GcpPeer): string {
  return toShellCommand([
    "gcloud compute networks peerings list",
    toShellOption("--project", fillIn(peer.gcpProjectId)),
    toShellOption("--network", fillIn(peer.networkName)),
  ])
}
