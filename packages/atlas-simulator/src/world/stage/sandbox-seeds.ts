import type { NewNetwork, ReadingRole } from "#world/customer/network-schema.ts"
import { createRole } from "#world/customer/seed-roles.ts"
import { derive } from "#world/identifiers.ts"
import type { NewPolicy } from "#world/policies.ts"
import { sandboxes } from "#world/sandboxes.ts"
import { aws, nodesIn, type PeerSeed, type ProjectSeed } from "#world/seeding.ts"
import type { ProviderName } from "#world/world.ts"

/** A project of a scene, with the part of the world that only this scene changes. */
export type SandboxSeed = {
  project: ProjectSeed
  /** Projects of organisations that no key sees. */
  unseen: readonly ProjectSeed[]
  networks: readonly NewNetwork[]
  readingRoles: readonly ReadingRole[]
  policies: readonly NewPolicy[]
}

/** A VPC; its account and region. */
type Vpc = Readonly<{ awsAccountId: string; vpcId: string; name: string; region: string; cidr: string }>
type Place = Readonly<{
  projectId: string
  name: string
  orgId?: string
  cluster: string
  container: Readonly<{ id: string; cidr: string }>
  network: Readonly<{ atlasRegion: string }>
}>

const day = 24 * 3600
const { orders, hub, ledger, partner, invoices, reports, paymentsNight, guarded, billing, evidence } =
  sandboxes

/** The sandboxes in the order of the scenes. */
export const sandboxSeeds: readonly SandboxSeed[] = [
  seed(seedPlace(orders, "AWS"), {
    networks: [toVpc(orders.network), toVpc({ ...orders.network, ...orders.otherNetwork })],
    readingRoles: [toRole(orders.network)],
  }),
  seed(
    { id: hub.projectId, name: hub.name },
    {
      unseen: [
        {
          id: hub.peered.projectId,
          orgId: hub.peered.orgId,
          name: "shared-services",
          containers: [
            {
              providerName: "AWS",
              region: hub.network.atlasRegion,
              atlasCidrBlock: hub.peered.cidr,
              peers: [seedConnection(hub.network, 500)],
            },
          ],
        },
      ],
      networks: [toVpc(hub.network)],
    },
  ),
  seed(seedPlace(ledger, "AWS"), {
    networks: [toVpc(ledger.network)],
    readingRoles: [toRole(ledger.network)],
  }),
  seed(seedPlace(partner, "AWS"), { networks: [toVpc(partner.network)] }),
  seed(seedPlace(invoices, "AZURE"), { networks: [toVnet()] }),
  seed(seedPlace(reports, "GCP"), { networks: [toGcpNetwork()] }),
  seed(
    seedPlace(paymentsNight, "AWS", {
      peers: [seedConnection(paymentsNight.network, 140)],
      accessList: [["cidrBlock", paymentsNight.network.cidr, "settlement-prod"]],
    }),
    { networks: [toVpc(paymentsNight.network)], readingRoles: [toRole(paymentsNight.network)] },
  ),
  seed(seedPlace(guarded, "AWS"), {
    networks: [toVpc(guarded.network)],
    readingRoles: [toRole(guarded.network)],
    policies: [
      {
        orgId: guarded.orgId,
        name: "Approved networks only",
        description: "Ask the network team in #network-requests.",
        bodies: [
          'forbid (principal, action == ResourcePolicy::Action::"project.vpcPeering.modify", resource);',
        ],
      },
    ],
  }),
  seed(seedPlace(billing, "AWS"), { networks: [toVpc(billing.network)] }),
  seed(seedPlace(evidence, "AWS"), { networks: [toVpc(evidence.network)] }),
]

function seed(project: ProjectSeed, parts: Partial<SandboxSeed>): SandboxSeed {
  return { unseen: [], networks: [], readingRoles: [], policies: [], ...parts, project }
}

/** Seeds a project that has one container with a cluster in it. */
function seedPlace(
  { projectId, name, orgId, cluster, container, network }: Place,
  providerName: ProviderName,
  { peers = [], accessList = [] }: { peers?: PeerSeed[] } & Pick<ProjectSeed, "accessList"> = {},
): ProjectSeed {
  const where = providerName === "GCP" ? { regions: [network.atlasRegion] } : { region: network.atlasRegion }
  return {
    id: projectId,
    ...(orgId !== undefined && { orgId }),
    name,
    containers: [{ id: container.id, providerName, ...where, atlasCidrBlock: container.cidr, peers }],
    clusters: [{ name: cluster, regions: [nodesIn(providerName, network.atlasRegion)] }],
    accessList,
  }
}

function seedConnection({ awsAccountId, vpcId, region, cidr }: Vpc, days: number): PeerSeed {
  return [aws(awsAccountId, vpcId, region, cidr), "AVAILABLE", days * day]
}

function toRole({ awsAccountId }: Vpc): ReadingRole {
  return createRole(awsAccountId)
}

/** Builds a VPC with four subnets, of which two follow each of two tables. */
function toVpc({ awsAccountId, vpcId, name, region, cidr }: Vpc): NewNetwork {
  const toId = (kind: string, part: string) => `${kind}-0${derive(`${vpcId}/${part}`, 16)}`
  const subnets = ["apps-a", "apps-b", "workers-a", "workers-b"].map((own, index) => ({
    id: toId("subnet", own),
    name: own,
    zone: `${region}${own.at(-1)}`,
    cidr: cidr.replace(".0.0/16", `.${16 * index}.0/20`),
  }))
  const routeTables = ["apps", "workers"].map((own) => ({
    id: toId("rtb", own),
    name: own,
    isMain: own === "apps",
    subnets: subnets.filter((one) => one.name.startsWith(own)).map(({ id }) => id),
    routes: [{ to: cidr, target: "local" }],
  }))
  return { providerName: "AWS", awsAccountId, vpcId, name, region, cidrs: [cidr], subnets, routeTables }
}

/** Builds the VNet on which Atlas has no role yet. */
function toVnet(): NewNetwork {
  const { atlasRegion: _, cidr, ...ids } = invoices.network
  return { providerName: "AZURE", ...ids, cidrs: [cidr], atlasRoles: [] }
}

function toGcpNetwork(): NewNetwork {
  const { gcpProjectId, networkName, region, cidr } = reports.network
  const subnets = [{ name: "reports", region, cidr, secondaryCidrs: [] }]
  return { providerName: "GCP", gcpProjectId, networkName, subnets }
}
