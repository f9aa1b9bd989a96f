import type { ProjectRole, RouteMethod } from "@peering-desk/shared-schemas"
import type { Request, RequestHandler } from "express"
import { AppError } from "#base/app-error.ts"
import { parseAtlasId } from "#http/parse-request.ts"
import {
  mayAdminister,
  mayAdministerAll,
  mayAudit,
  mayCreate,
  mayView,
  toHigherRole,
  toRoleIn,
} from "./access.ts"
import type { RuleBook } from "./access-rules.ts"
import type { RefusalLog } from "./refusal-log.ts"
import { userOf } from "./require-user.ts"

const rights = {
  viewer: mayView,
  requester: mayCreate,
  administrator: mayAdminister,
} as const satisfies Record<ProjectRole, typeof mayView>

/** Checks of what the person behind a request may do. Refusals are recorded before they are answered. */
export interface RoleGuards {
  /**
   * Resolves when the person has at least that role in the project.
   * @throws AppError `project_not_found` when they may not even know of it, `forbidden` when they may see it
   */
  check: (request: Request, role: ProjectRole, projectId: string) => Promise<void>
  /** @throws AppError `forbidden` unless the person has at least that role in all projects */
  checkEverywhere: (request: Request, role: ProjectRole) => Promise<void>
  /** @throws AppError `forbidden` unless the person administers all projects */
  checkGlobalAdministrator: (request: Request) => Promise<void>
  /** Returns the middleware that lets only callers with the access right of a route through. */
  require: (route: Pick<RouteMethod, "access" | "personOnly">) => RequestHandler[]
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

  function forbid(says: string): AppError {
    const whom = ruleBook.askWhom() ?? "your Peering Desk administrator"
    return new AppError("forbidden", { detail: `${says} Ask ${whom}.` })
  }

  const check: RoleGuards["check"] = async (request, needs, projectId) => {
    const { access } = userOf(request)
    const role = toRoleIn(access, projectId)
    if (role === null) await refuse(request, new AppError("project_not_found"), projectId, needs)
    if (!rights[needs](access, projectId)) {
      await refuse(
        request,
        forbid(`Your role in this project is ${role}. This needs ${needs}.`),
        projectId,
        needs,
      )
    }
  }

  const checkEverywhere: RoleGuards["checkEverywhere"] = async (request, needs) => {
    const { everywhere } = userOf(request).access
    if (everywhere !== null && toHigherRole(everywhere, needs) === everywhere) return
    const error = forbid(`This needs the role ${needs} in all projects.`)
    await refuse(request, error, null, `${needs} in all projects`)
  }

  const checkGlobalAdministrator: RoleGuards["checkGlobalAdministrator"] = async (request) => {
    if (mayAdministerAll(userOf(request).access)) return
    const needs = "global administrator"
    await refuse(request, forbid("Only global administrators can do this."), null, needs)
  }

  const checkAuditor = async (request: Request) => {
    if (mayAudit(userOf(request).access)) return
    const needs = "auditor or global administrator"
    await refuse(request, forbid("Only auditors and global administrators can view this."), null, needs)
  }

  const checkPerson = async (request: Request) => {
    if (userOf(request).identity.token === undefined) return
    const error = new AppError("forbidden", {
      detail: "API tokens can't be used for this. Sign in to Peering Desk in a browser.",
    })
    await refuse(request, error, null, "a person in a browser")
  }

  function checkAccess(access: RouteMethod["access"]): RequestHandler[] {
    switch (access) {
      case "anyone":
      case "link":
      case "signed-in":
        return []
      case "auditor":
        return [toMiddleware(checkAuditor)]
      case "global-administrator":
        return [toMiddleware(checkGlobalAdministrator)]
      default:
        return [
          toMiddleware((request) =>
            check(request, access, parseAtlasId(request.params["projectId"], "project_not_found")),
          ),
        ]
    }
  }

  return {
    check,
    checkEverywhere,
    checkGlobalAdministrator,
    require: ({ access, personOnly }) => [
      ...(personOnly === true ? [toMiddleware(checkPerson)] : []),
      ...checkAccess(access),
    ],
  }
}

function toMiddleware(check: (request: Request) => Promise<void>): RequestHandler {
  return async (request, _response, next) => {
    await check(request)
    next()
  }
}
