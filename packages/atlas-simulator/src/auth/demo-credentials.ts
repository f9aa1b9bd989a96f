import type { ApiKey } from "./api-keys.ts"
import { orgId } from "#world/planting.ts"
import { seededIds } from "#world/scenarios.ts"
import type { ServiceAccount } from "./service-accounts.ts"

/** The key of the organisation's owner; made up, and only of use against this stand-in. */
export const ownerKey = { publicKey: "simowner", privateKey: "fa4e0000-0000-4000-8000-000000000001" } as const

/** Makes the keys: an owner, a reader, one for two projects, and two that are not let in from here. */
export function createDemoKeys(owner: { publicKey: string; privateKey: string } = ownerKey): ApiKey[] {
  return [
    {
      id: "5c47503320eef5699e1cce01",
      label: "owner of the organisation",
      ...owner,
      roles: [{ orgId, roleName: "ORG_OWNER" }],
      accessList: null,
    },
    {
      id: "5c47503320eef5699e1cce02",
      label: "may read every project",
      publicKey: "simreads",
      privateKey: "fa4e0000-0000-4000-8000-000000000002",
      roles: [{ orgId, roleName: "ORG_READ_ONLY" }],
      accessList: null,
    },
    {
      id: "5c47503320eef5699e1cce03",
      label: "owns analytics, reads payments-prod, sees nothing else",
      publicKey: "simscope",
      privateKey: "fa4e0000-0000-4000-8000-000000000003",
      roles: [
        { groupId: seededIds.analytics, roleName: "GROUP_OWNER" },
        { groupId: seededIds.payments, roleName: "GROUP_READ_ONLY" },
      ],
      accessList: null,
    },
    {
      id: "5c47503320eef5699e1cce04",
      label: "may only be used from 203.0.113.0/24",
      publicKey: "simwalls",
      privateKey: "fa4e0000-0000-4000-8000-000000000004",
      roles: [{ orgId, roleName: "ORG_OWNER" }],
      accessList: ["203.0.113.0/24"],
    },
    {
      id: "5c47503320eef5699e1cce05",
      label: "has no access list in an organisation that wants one",
      publicKey: "simnolis",
      privateKey: "fa4e0000-0000-4000-8000-000000000005",
      roles: [{ orgId, roleName: "ORG_OWNER" }],
      accessList: [],
    },
  ]
}

/** The organisation's service account, for v2; as made up as the keys. */
export const demoServiceAccount: ServiceAccount = {
  id: "5c47503320eef5699e1cce06",
  clientId: "mdb_sa_id_fa4e00000000000000000001",
  clientSecret: "mdb_sa_sk_fake-secret-for-local-use-only",
  roles: [{ orgId, roleName: "ORG_OWNER" }],
}
