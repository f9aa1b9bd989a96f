import type { ProjectRole } from "@peering-desk/shared-schemas"
import type { Request, RequestHandler } from "express"
import { AppError } from "#base/app-error.ts"
import { parseProjectId } from "#http/parse-request.ts"
import { mayAdminister, mayAdministerAll, mayAudit, mayCreate, mayView, toRoleIn } from "./access.ts"
import type { RuleBook } from "./access-rules.ts"
import type { RefusalLog } from "./refusal-log.ts"
import { userOf } from "./require-user.ts"

type ProjectRight = "view" | "create" | "administer"

const rights = {
  view: { may: mayView, role: "viewer" },
  create: { may: mayCreate, role: "requester" },
  administer: { may: mayAdminister, role: "administrator" },
} as const satisfies Record<ProjectRight, { may: typeof mayView; role: ProjectRole }>

/** Checks of what the person behind a request may do. What they refuse is recorded before it is answered. */
export interface RoleGuards {
  /**
   * Resolves when the person may do that in the project.
   * @throws AppError `project_not_found` when they may not even know of it, `forbidden` when they may see it
   */
  check: (request: Request, right: ProjectRight, projectId: string) => Promise<void>
  /** The same as middleware, for addresses with `:projectId`. */
  require: (right: ProjectRight) => RequestHandler<{ projectId?: string }>
  /** Lets through who reads the whole audit trail. */
  requireAudit: RequestHandler
  /** Lets through who administers everything: key health, other people's sessions. */
  requireAdministrator: RequestHandler
}

export function createRoleGuards(ruleBook: RuleBook, refusals: RefusalLog): RoleGuards {
  async function refuse(
    request: Request,
    error: AppError,
    projectId: string | null,
    needs: string,
  ): Promise<never> {
    await refusals.record({
      action: "access-denied",
      actor: userOf(request).identity,
      address: request.ip ?? null,
      projectId,
      detail: { method: request.method, path: `${request.baseUrl}${request.path}`, needs },
    })
    throw error
  }

  function forbid(has: string, needs: string): AppError {
    const whom = ruleBook.askWhom() ?? "whoever looks after the access rules of this installation"
    return new AppError("forbidden", { detail: `You are ${has}; this needs ${needs}. Ask ${whom}.` })
  }

  const check: RoleGuards["check"] = async (request, right, projectId) => {
    const { access } = userOf(request)
    const role = toRoleIn(access, projectId)
    const { may, role: needs } = rights[right]
    if (role === null) await refuse(request, new AppError("project_not_found"), projectId, needs)
    if (!may(access, projectId)) {
      await refuse(request, forbid(`${role} of this project`, needs), projectId, needs)
    }
  }

  return {
    check,
    require: (right) => async (request, _response, next) => {
      await check(request as Request, right, parseProjectId(request as Request))
      next()
    },
    requireAudit: async (request, _response, next) => {
      if (!mayAudit(userOf(request).access)) {
        const needs = "auditor or administrator of everything"
        await refuse(request, forbid("no auditor", needs), null, needs)
      }
      next()
    },
    requireAdministrator: async (request, _response, next) => {
      if (!mayAdministerAll(userOf(request).access)) {
        const needs = "administrator of everything"
        await refuse(request, forbid("no such administrator", needs), null, needs)
      }
      next()
    },
  }
}
