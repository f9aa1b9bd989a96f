import { randomBytes, randomUUID } from "node:crypto"
import type { CloudAccount, Routes } from "@peering-desk/shared-schemas"
import type { Request } from "express"
import { toActorName } from "#audit/actor-fields.ts"
import { AppError } from "#base/app-error.ts"
import type { CachedRead } from "#base/cached-read.ts"
import { waitAtMost } from "#base/clock.ts"
import type { ReaderIdentity } from "#cloud-reading/reading.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { mayAdminister, mayView } from "#sign-in/access.ts"
import type { RoleGuards } from "#sign-in/require-role.ts"
import { toActor, userOf } from "#sign-in/require-user.ts"
import { countConnections } from "./account-networks.ts"
import type { AccountReader } from "./account-reader.ts"
import {
  isNamed,
  readAccount,
  readAccounts,
  readAccountsOf,
  readListedNetworks,
  toCloudAccount,
  type AccountRow,
} from "./account-rows.ts"
import type { AccountsDeps } from "./accounts-deps.ts"
import { checkRole, nameRole } from "./check-role.ts"
import { removeAccount } from "./remove-account.ts"

interface RoutesDeps extends AccountsDeps {
  guards: Pick<RoleGuards, "check">
  accountReader: Pick<AccountReader, "readAccount">
  /** The server's own identity in AWS. */
  serverIdentity: CachedRead<ReaderIdentity>
}

const mostAccounts = 50
/** Random bytes of an external id. */
const externalIdBytes = 20
/** An answer waits this long for AWS where it doesn't depend on it. */
const patienceMs = 5_000
const minuteMs = 60_000
const identityMaxAgeMs = 15 * minuteMs
/** An identity that the server has just got shows soon. */
const noIdentityMaxAgeMs = 20_000

/** The AWS accounts that roles read, for the administrators of their projects. */
export function createCloudAccountHandlers(deps: RoutesDeps) {
  const { accountReader, clock, cloudSettings, guards, logger, serverIdentity, store } = deps

  /** Returns the ARN for a trust policy; null while it can't be known. */
  async function readPrincipal(): Promise<string | null> {
    let principal: string | null = null
    const isKnown = toArn(serverIdentity.kept.value) !== null
    const asking = serverIdentity
      .refresh(isKnown ? identityMaxAgeMs : noIdentityMaxAgeMs)
      .then(({ value }) => {
        principal = toArn(value)
      })
    await waitAtMost(clock, patienceMs, [asking])
    return principal
  }

  function show(row: AccountRow, principal: string | null): CloudAccount {
    return toCloudAccount(row, { principal, connections: countConnections(deps, row) })
  }

  /** @throws AppError `not_found` when the person may not know of it, `forbidden` when they may see its project */
  async function find(request: Request, id: string): Promise<AccountRow> {
    const row = await readAccount(store.db, id)
    if (row === null || !mayView(userOf(request).access, row.projectId))
      throw new AppError("not_found", { detail: "No such account." })
    await guards.check(request, "administrator", row.projectId)
    return row
  }

  /** Reads the account of a role that works, since somebody waits for its VPCs, and shows it. */
  async function readAndShow(request: Request, id: string): Promise<CloudAccount> {
    const row = await find(request, id)
    if (row.state === "reading" && isNamed(row)) {
      const reading = accountReader.readAccount(row).catch((error: unknown) => {
        logger.error({ err: error, account: id }, "Could not read a connected AWS account")
      })
      await waitAtMost(clock, patienceMs, [reading])
    }
    return show(await find(request, id), await readPrincipal())
  }

  return {
    cloudAccounts: {
      async get({ request }) {
        const { access } = userOf(request)
        const rows = (await readAccounts(store.db)).filter(({ projectId }) =>
          mayAdminister(access, projectId),
        )
        const principal = rows.length === 0 ? null : await readPrincipal()
        return {
          accounts: rows.map((row) => show(row, principal)),
          templateUrl: cloudSettings.templateUrl,
          readMinutes: cloudSettings.readEveryMs / minuteMs,
        }
      },
      async post({ request, body: { projectId, name } }) {
        await guards.check(request, "administrator", projectId)
        if ((await readAccountsOf(store.db, projectId)).length >= mostAccounts)
          throw new AppError("invalid_request", {
            fields: { projectId: `This project has ${mostAccounts} accounts. Disconnect one first.` },
          })
        const id = randomUUID()
        const now = clock.now()
        await store.db
          .insertInto("cloud_account")
          .values({
            id,
            project_id: projectId,
            name,
            external_id: randomBytes(externalIdBytes).toString("hex"),
            state: "waiting",
            since: now,
            due_at: 0,
            missing: "[]",
            regions: "[]",
            calls: "[]",
            by_name: toActorName(userOf(request).identity),
            at: now,
          })
          .execute()
        return show(await find(request, id), await readPrincipal())
      },
    },
    cloudAccount: {
      async delete({ request, params: { accountId } }) {
        await removeAccount(deps, await find(request, accountId), toActor(request))
      },
    },
    cloudRole: {
      async put({ request, params: { accountId }, body: { roleArn } }) {
        await nameRole(deps, await find(request, accountId), roleArn, toActor(request))
        return await readAndShow(request, accountId)
      },
    },
    checkCloudAccount: {
      async post({ request, params: { accountId } }) {
        const row = await find(request, accountId)
        if (!isNamed(row)) throw new AppError("invalid_request", { detail: "Paste the ARN of a role first." })
        await checkRole(deps, row, toActor(request))
        return await readAndShow(request, accountId)
      },
    },
    networks: {
      get: async ({ params: { projectId } }) => ({
        networks: await readListedNetworks(store.db, projectId),
      }),
    },
  } satisfies ApiHandlers<
    Routes,
    "cloudAccounts" | "cloudAccount" | "cloudRole" | "checkCloudAccount" | "networks"
  >
}

function toArn(identity: ReaderIdentity | null): string | null {
  return identity !== null && "arn" in identity ? identity.arn : null
}
