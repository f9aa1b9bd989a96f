import type { ProjectRole, RouteMethod } from "@peering-desk/shared-schemas"
import type { Request, RequestHandler } from "express"
import { AppError } from "#base/app-error.ts"
import { checkRequest } from "#http/check-request.ts"
import { parseAtlasId } from "#http/parse-request.ts"
import { mayAdministerAll, mayAs, mayAudit, toHigherRole, toRoleIn } from "./access.ts"
import type { RuleBook } from "./access-rules.ts"
import type { RefusalLog } from "./refusal-log.ts"
import { toActor, userOf } from "./require-user.ts"

export type RoleGuards = ReturnType<typeof createRoleGuards>

const isByToken = (request: Request) => userOf(request).identity.token !== undefined

/** Checks of what the person behind a request may do. Refusals are recorded before they are answered. */
export function createRoleGuards(ruleBook: RuleBook, refusals: RefusalLog) {
  async function refuse(
    request: Request,
    error: AppError,
    projectId: string | null,
    needs: string,
  ): Promise<never> {
    await refusals.record({
      action: "access-denied",
      ...toActor(request),
      projectId,
      detail: { method: request.method, path: `${request.baseUrl}${request.path}`, needs },
    })
    throw error
  }

  function forbid(request: Request, says: string): AppError {
    const whom = ruleBook.askWhom() ?? "your Peering Desk administrator"
    const advice = isByToken(request) ? "Use a token with that role, or ask" : "Ask"
    return new AppError("forbidden", { detail: `${says} ${advice} ${whom}.` })
  }

  /**
   * Resolves when the person has at least that role in the project.
   * @throws AppError `project_not_found` when they may not even know of it, `forbidden` when they may see it
   */
  async function check(request: Request, needs: ProjectRole, projectId: string): Promise<void> {
    const { access } = userOf(request)
    const role = toRoleIn(access, projectId)
    if (role === null) await refuse(request, new AppError("project_not_found"), projectId, needs)
    if (!mayAs(access, projectId, needs)) {
      const whose = isByToken(request) ? "This token's" : "Your"
      await refuse(
        request,
        forbid(request, `${whose} role in this project is ${role}. This needs ${needs}.`),
        projectId,
        needs,
      )
    }
  }

  /** @throws AppError `forbidden` unless the person has at least that role in all projects */
  async function checkEverywhere(request: Request, needs: ProjectRole): Promise<void> {
    const { everywhere } = userOf(request).access
    if (everywhere !== null && toHigherRole(everywhere, needs) === everywhere) return
    const error = forbid(request, `This needs the role ${needs} in all projects.`)
    await refuse(request, error, null, `${needs} in all projects`)
  }

  /** @throws AppError `forbidden` unless the person administers all projects */
  async function checkGlobalAdministrator(request: Request): Promise<void> {
    if (mayAdministerAll(userOf(request).access)) return
    const needs = "global administrator"
    await refuse(request, forbid(request, "Only global administrators can do this."), null, needs)
  }

  async function checkAuditor(request: Request): Promise<void> {
    if (mayAudit(userOf(request).access)) return
    const needs = "auditor or global administrator"
    await refuse(
      request,
      forbid(request, "Only auditors and global administrators can view this."),
      null,
      needs,
    )
  }

  async function checkPerson(request: Request): Promise<void> {
    if (!isByToken(request)) return
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
        return [checkRequest(checkAuditor)]
      case "global-administrator":
        return [checkRequest(checkGlobalAdministrator)]
      default:
        return [
          checkRequest((request) =>
            check(request, access, parseAtlasId(request.params["projectId"], "project_not_found")),
          ),
        ]
    }
  }

  return {
    check,
    checkEverywhere,
    checkGlobalAdministrator,
    /** Returns the middleware that lets only callers with the access right of a route through. */
    require: ({ access, personOnly }: Pick<RouteMethod, "access" | "personOnly">): RequestHandler[] => [
      ...(personOnly === true ? [checkRequest(checkPerson)] : []),
      ...checkAccess(access),
    ],
  }
}
