import type { Container, GcpPeer } from "@peering-desk/shared-schemas"
import { toGcpOtherHalf } from "./runbook-terraform.ts"
import { atlasPorts, notYetKnown, type RunbookStep } from "./runbook-step.ts"
import { toShellCommand, toShellOption } from "./shell-words.ts"

/** What the Google Cloud side of a connection needs, in order. There is no request to accept there: one makes the other half. */
export function toGcpRunbook(peer: GcpPeer, container: Container | null): RunbookStep[] {
  const side = container?.providerName === "GCP" ? container : null
  const project = peer.gcpProjectId ?? notYetKnown
  const network = peer.networkName ?? notYetKnown
  const atlasProject = side?.gcpProjectId ?? null
  const atlasNetwork = side?.networkName ?? null
  const atlasCidr = side?.atlasCidrBlock ?? null
  const own = toShellOption("--project", project)

  return [
    {
      id: "gcp-peer-back",
      title: "Make the other half of the peering",
      why: "Google Cloud joins two networks only when each names the other. Atlas has named yours; yours must name Atlas's.",
      stage: "now",
      waitsFor:
        atlasProject === null || atlasNetwork === null
          ? "Atlas is still making its side; its project and network appear here by themselves."
          : null,
      instructions: [
        {
          tool: "gcloud",
          text: toShellCommand([
            "gcloud compute networks peerings create atlas",
            own,
            toShellOption("--network", network),
            toShellOption("--peer-project", atlasProject ?? notYetKnown),
            toShellOption("--peer-network", atlasNetwork ?? notYetKnown),
          ]),
        },
        { tool: "terraform", text: toGcpOtherHalf(peer, container) },
        {
          tool: "console",
          text: [
            `Google Cloud console, project ${project}: VPC network, VPC network peering, Create connection`,
            `Your VPC network: ${network}`,
            `Peered VPC network: in another project, project ID ${atlasProject ?? notYetKnown}`,
            `VPC network name: ${atlasNetwork ?? notYetKnown}, then Create`,
          ].join("\n"),
        },
      ],
    },
    {
      id: "gcp-firewall",
      title: `Let ports ${atlasPorts.first}–${atlasPorts.last} out`,
      why: "Only where a rule of yours denies outbound traffic; Google Cloud allows it otherwise.",
      stage: "after",
      waitsFor: atlasCidr === null ? "Atlas's block has to be known." : null,
      instructions: [
        {
          tool: "gcloud",
          text: toShellCommand([
            "gcloud compute firewall-rules create allow-atlas",
            own,
            toShellOption("--network", network),
            "--direction=EGRESS --action=ALLOW",
            `--rules=tcp:${atlasPorts.first}-${atlasPorts.last}`,
            toShellOption("--destination-ranges", atlasCidr ?? notYetKnown),
          ]),
        },
        {
          tool: "console",
          text: [
            `Google Cloud console, project ${project}: VPC network, Firewall, Create firewall rule`,
            `Network ${network}, direction Egress, destination ${atlasCidr ?? notYetKnown}, TCP ${atlasPorts.first}-${atlasPorts.last}, Allow`,
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
    toShellOption("--project", peer.gcpProjectId ?? notYetKnown),
    toShellOption("--network", peer.networkName ?? notYetKnown),
  ])
}
