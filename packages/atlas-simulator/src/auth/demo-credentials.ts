import type { Role } from "#world/roles.ts"
import { sandboxes } from "#world/sandboxes.ts"
import { orgId, seededIds } from "#world/seeded-ids.ts"
import type { Scenario } from "#world/world.ts"
import type { ApiKey } from "./api-keys.ts"
import type { ServiceAccount } from "./service-accounts.ts"

/** The made-up key of the organisation's owner; it works against the simulator only. */
export const ownerKey = { publicKey: "simowner", privateKey: "fa4e0000-0000-4000-8000-000000000001" } as const

const owner: Role = { orgId, roleName: "ORG_OWNER" }
/** Of the second organisation of the scenario `stage`. A real key has roles in one organisation only. */
const ownerOfGuarded: Role = { orgId: sandboxes.guarded.orgId, roleName: "ORG_OWNER" }

const managesNetworkOf = (groupId: string): Role => ({ groupId, roleName: "GROUP_NETWORK_ACCESS_MANAGER" })

/** Builds the demo's keys; the two with an access list work from nowhere here. */
export function createDemoKeys(
  ownerCredentials: Pick<ApiKey, "publicKey" | "privateKey"> = ownerKey,
  scenario: Scenario | null = null,
): ApiKey[] {
  const keys: [label: string, publicKey: string, roles: Role[], accessList: string[] | null][] = [
    ["owner of the organisation", "simowner", scenario === "stage" ? [owner, ownerOfGuarded] : [owner], null],
    ["may read every project", "simreads", [{ orgId, roleName: "ORG_READ_ONLY" }], null],
    [
      "owns analytics, reads payments-prod, sees nothing else",
      "simscope",
      [
        { groupId: seededIds.analytics, roleName: "GROUP_OWNER" },
        { groupId: seededIds.payments, roleName: "GROUP_READ_ONLY" },
      ],
      null,
    ],
    ["may only be used from 203.0.113.0/24", "simwalls", [owner], ["203.0.113.0/24"]],
    ["has no access list in an organisation that requires one", "simnolis", [owner], []],
    [
      "may peer in payments-prod and analytics, but not create containers there",
      "simpeers",
      [managesNetworkOf(seededIds.payments), managesNetworkOf(seededIds.analytics)],
      null,
    ],
    ["what Terraform uses beside Peering Desk", "simterra", [owner], null],
  ]
  return keys.map(([label, publicKey, roles, accessList], index) => ({
    id: `5c47503320eef5699e1cce0${index + 1}`,
    label,
    publicKey,
    privateKey: `fa4e0000-0000-4000-8000-00000000000${index + 1}`,
    roles,
    accessList,
    ...(index === 0 ? ownerCredentials : {}),
  }))
}

/** The made-up service account of the organisation, for v2. */
export const demoServiceAccount: ServiceAccount = {
  id: "5c47503320eef5699e1cce1a",
  clientId: "mdb_sa_id_fa4e00000000000000000001",
  clientSecret: "mdb_sa_sk_fake-secret-for-local-use-only",
  roles: [owner],
}
