import type { Container, GcpPeer } from "@peering-desk/shared-schemas"
import { formatHclBlock, hcl } from "#formats/hcl.ts"
import { toGcpFirewallName, toGcpPeeringName } from "./cloud-names.ts"
import { askFor, atlasPorts, buildCommand, buildStep, fillIn, type RunbookStep } from "./runbook-step.ts"
import { buildBlock, declareVariable, outputBlocks, toNetworkPath } from "./terraform.ts"

/** Lists the steps on the Google Cloud side, in order. Nothing is accepted there: the owner creates the other half. */
export function toGcpRunbook(peer: GcpPeer, container: Container | null): RunbookStep[] {
  const side = container?.providerName === "GCP" ? container : null
  const [atlasProject, atlasNetwork] = [side?.gcpProjectId, side?.networkName]
  const project = fillIn(peer.gcpProjectId)
  const network = fillIn(peer.networkName)
  const atlasCidr = side?.atlasCidrBlock
  const own = { project, network }

  return [
    buildStep({
      id: "gcp-peer-back",
      title: "Create the peering in Google Cloud",
      why: `Google Cloud peering must be created from both sides. Atlas's side is done. "There is already a peering" means that yours is done too.`,
      stage: "now",
      waitsFor:
        (atlasProject == null || atlasNetwork == null) &&
        "Atlas is creating its side. Its project and network follow.",
      tools: {
        gcloud: [
          buildCommand(`gcloud compute networks peerings create ${toGcpPeeringName(peer)}`, {
            ...own,
            "peer-project": atlasProject,
            "peer-network": atlasNetwork,
          }),
        ],
        terraform: [
          buildBlock("resource", "google_compute_network_peering", toPeeringAttributes(peer, container)),
        ],
        console: [
          `Google Cloud console, project ${project}: VPC network, VPC network peering, Create connection, name ${toGcpPeeringName(peer)}`,
          `Your VPC network: ${network}`,
          `Peered VPC network: in another project, project ID ${fillIn(atlasProject)}`,
          `VPC network name: ${fillIn(atlasNetwork)}, then Create`,
        ],
      },
    }),
    buildStep({
      id: "gcp-firewall",
      title: `Allow TCP ${atlasPorts.first}–${atlasPorts.last} out to ${atlasCidr ?? "the Atlas CIDR"}`,
      why: `Only if a firewall rule denies outbound traffic. PRIORITY must be lower than the number of that rule. On a second run "already exists" is fine.`,
      stage: "after",
      waitsFor: atlasCidr == null && "Needs the Atlas CIDR.",
      tools: {
        gcloud: [
          buildCommand(
            `gcloud compute firewall-rules create ${toGcpFirewallName(peer)}`,
            own,
            askFor("--priority", "PRIORITY", "a number below that of the denying rule"),
            "--direction=EGRESS --action=ALLOW",
            `--rules=tcp:${atlasPorts.range}`,
            { "destination-ranges": atlasCidr },
          ),
        ],
        terraform: [
          declareVariable("priority", "number"),
          buildBlock(
            "resource",
            "google_compute_firewall",
            {
              name: toGcpFirewallName(peer),
              project,
              network: toNetworkPath(project, network),
              priority: hcl("var.priority"),
              direction: "EGRESS",
              destination_ranges: [fillIn(atlasCidr)],
            },
            [formatHclBlock("allow", [], { protocol: "tcp", ports: [atlasPorts.range] })],
          ),
        ],
        console: [
          `Google Cloud console, project ${project}: VPC network, Firewall, Create firewall rule, name ${toGcpFirewallName(peer)}`,
          `Network ${network}, priority below that of the rule which denies, direction Egress, destination ${fillIn(atlasCidr)}, TCP ${atlasPorts.range}, Allow`,
        ],
      },
    }),
    buildStep({
      id: "gcp-blocks",
      title: "Find the CIDRs your network connects from",
      why: "Add them to the IP access list, with the secondary ranges: GKE pods connect from those. An auto mode network uses 10.128.0.0/9.",
      stage: "after",
      tools: {
        gcloud: [
          buildCommand(
            "gcloud compute networks subnets list",
            own,
            "--format='table(name,region,ipCidrRange,secondaryIpRanges[].ipCidrRange.list())'",
          ),
        ],
        terraform: [
          buildBlock("data", "google_compute_network", { project, name: network }),
          buildBlock("data", "google_compute_subnetwork", {
            for_each: hcl("toset(data.google_compute_network.atlas.subnetworks_self_links)"),
            self_link: hcl("each.value"),
          }),
          outputBlocks(
            "flatten([for one in data.google_compute_subnetwork.atlas : [one.ip_cidr_range, one.secondary_ip_range[*].ip_cidr_range]])",
          ),
        ],
        console: [`Google Cloud console, project ${project}: VPC networks, ${network}, Subnets`],
      },
    }),
  ]
}

function toPeeringAttributes(peer: GcpPeer, container: Container | null) {
  const side = container?.providerName === "GCP" ? container : null
  return {
    name: toGcpPeeringName(peer),
    network: toNetworkPath(peer.gcpProjectId, peer.networkName),
    peer_network: toNetworkPath(side?.gcpProjectId, side?.networkName),
  }
}

/** Builds the optional step on custom routes, which Google Cloud exchanges only where both sides ask for it. */
export function toGcpCustomRoutesStep(peer: GcpPeer, container: Container | null): RunbookStep {
  const side = container?.providerName === "GCP" ? container : null
  const own = { project: peer.gcpProjectId, network: peer.networkName }
  const name = toGcpPeeringName(peer)
  return buildStep({
    id: "gcp-custom-routes",
    title: "Optional: export and import custom routes",
    why: "Subnets are exchanged without it. Only for clients behind a VPN or interconnect, or in routes-based GKE, and only if MongoDB support confirms it: by its documentation Atlas doesn't import custom routes, so these clients need a private endpoint instead, with port mapping: those without it end on 30 April 2027. In Terraform, this block replaces the peering's.",
    stage: "after",
    isOptional: true,
    tools: {
      gcloud: [
        buildCommand(
          `gcloud compute networks peerings update ${name}`,
          own,
          "--export-custom-routes --import-custom-routes",
        ),
      ],
      // A resource for the routes alone would change them back and forth with the one for the peering.
      terraform: [
        buildBlock("resource", "google_compute_network_peering", {
          ...toPeeringAttributes(peer, container),
          import_custom_routes: hcl("true"),
          export_custom_routes: hcl("true"),
        }),
      ],
      console: [
        `Google Cloud console, project ${fillIn(peer.gcpProjectId)}: VPC network, VPC network peering, ${name}`,
        `Edit: tick Import custom routes and Export custom routes for the peering with ${fillIn(side?.networkName)}, then Save`,
      ],
    },
  })
}
