import { checkPolicies, type PolicyFindings } from "@peering-desk/peering-rules"
import type { Check, PolicyQuestion, Project, Routes } from "@peering-desk/shared-schemas"
import { AppError } from "#base/app-error.ts"
import type { ApiHandlers } from "#http/api-handler.ts"
import { parseAtlasId } from "#http/parse-request.ts"
import type { Policies } from "#policies/policies.ts"
import { getPeering } from "#polling/list-peerings.ts"
import type { PollerPool } from "#polling/poller-pool.ts"
import type { RoleGuards } from "#sign-in/require-role.ts"
import { userOf } from "#sign-in/require-user.ts"
import { preflight } from "./preflight.ts"
import type { SnapshotReader } from "./snapshot-reader.ts"

interface PreflightDeps {
  snapshotReader: SnapshotReader
  policies: Pick<Policies, "judgeChange" | "judgeEntry">
  pollers: PollerPool
  keyHealth: { rightsIn: (projectId: string) => Pick<Project, "keyKind"> }
}

export function createPreflightHandlers({ snapshotReader, policies, pollers, keyHealth }: PreflightDeps) {
  /** Judges a change, with the words for what it is. */
  async function judge(projectId: string, question: PolicyQuestion): Promise<[PolicyFindings, string]> {
    if (question.kind === "access-list-add") {
      const { entry } = question
      const cidrBlock = entry.startsWith("sg-") ? null : entry
      return [await policies.judgeEntry(projectId, { cidrBlock }), `${entry} on the access list`]
    }
    await getPeering(pollers, projectId, question.peeringId)
    return question.kind === "change"
      ? [await policies.judgeChange(projectId, question.peeringId, question.change), "this change"]
      : [
          await policies.judgeChange(projectId, question.peeringId, null),
          "this deletion, if Atlas checks deletions",
        ]
  }

  return {
    preflight: {
      async post({ request, params: { projectId }, body }) {
        await pollers.of(projectId, body.providerName).catchUp()
        return await preflight(snapshotReader, projectId, userOf(request).access, body)
      },
    },
    policyChecks: {
      async post({ params: { projectId }, body }) {
        const [findings, subject] = await judge(projectId, body)
        const checks = checkPolicies(findings, subject, keyHealth.rightsIn(projectId))
        // It is not documented that Atlas checks them, so nothing stops one.
        const isStopped = body.kind !== "delete"
        return {
          checks: checks.map((check): Check =>
            check.status === "red" && !isStopped ? { ...check, status: "amber" } : check,
          ),
        }
      },
    },
  } satisfies ApiHandlers<Routes, "preflight" | "policyChecks">
}

export function createAddressSpaceHandlers({
  snapshotReader,
  guards,
}: {
  snapshotReader: SnapshotReader
  guards: Pick<RoleGuards, "check">
}) {
  return {
    addressSpace: {
      async get({ request, query }) {
        const named = query.project === undefined ? null : parseAtlasId(query.project, "project_not_found")
        if (named !== null) await guards.check(request, "viewer", named)
        const projects = await snapshotReader.readAll(userOf(request).access, named)
        if (named !== null && !projects.some(({ project }) => project.id === named))
          throw new AppError("project_not_found")
        return snapshotReader.toJson(projects)
      },
    },
  } satisfies ApiHandlers<Routes, "addressSpace">
}
