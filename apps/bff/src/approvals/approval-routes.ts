import {
  ApprovalAction,
  providerNames,
  type ApprovalNeed,
  type Asker,
  type ExampleAsker,
  type Project,
  type Routes,
} from "@peering-desk/shared-schemas"
import type { Request } from "express"
import type { ApiHandlers } from "#http/api-handler.ts"
import type { RuleBook } from "#sign-in/access-rules.ts"
import { userOf } from "#sign-in/require-user.ts"
import { toApprovalAnswer } from "./approval-answer.ts"
import { decideStrictest, toAskers, type ApprovalPolicyBook } from "./approval-policy.ts"
import { approve, decline, readDetail, withdraw, type DecideDeps } from "./decide-approval.ts"
import { countHeld, listHeld } from "./held-list.ts"

/** Requests for approval: those of the projects that the caller may see. */
export function createApprovalHandlers(deps: DecideDeps & { approvalPolicy: ApprovalPolicyBook }) {
  const { approvalPolicy, clock, kinds, store } = deps
  const toDecider = (request: Request) => ({ caller: userOf(request), address: request.ip ?? null })
  return {
    approvals: {
      async get({ request, query }) {
        const caller = userOf(request)
        const { everywhere, projects } = caller.access
        const scope = { projectIds: everywhere === null ? [...projects.keys()] : null, now: clock.now() }
        const [{ held, nextBefore }, open, decided] = await Promise.all([
          listHeld(store, scope, query),
          countHeld(store, scope, "open"),
          countHeld(store, scope, "decided"),
        ])
        return {
          approvals: held.map((change) => toApprovalAnswer(kinds[change.kind], change, caller)),
          counts: { open, decided },
          nextBefore,
          isPolicySet: approvalPolicy.read() !== null,
        }
      },
    },
    approval: { get: ({ request, params }) => readDetail(deps, params.approvalId, userOf(request)) },
    approve: {
      post: ({ request, params, body }) =>
        approve(deps, params.approvalId, body.planHash, toDecider(request)),
    },
    declineApproval: {
      post: ({ request, params, body }) => decline(deps, params.approvalId, body.reason, toDecider(request)),
    },
    withdrawApproval: {
      post: ({ request, params }) => withdraw(deps, params.approvalId, toDecider(request)),
    },
    approvalPolicy: { get: () => ({ policy: approvalPolicy.read() }) },
    testApprovalPolicy: {
      post: ({ body: { asker, ...example } }) =>
        decideStrictest(approvalPolicy.read() ?? { lines: [] }, exampleAskers[asker], example),
    },
  } satisfies ApiHandlers<
    Routes,
    | "approvals"
    | "approval"
    | "approve"
    | "declineApproval"
    | "withdrawApproval"
    | "approvalPolicy"
    | "testApprovalPolicy"
  >
}

/** The examples that administrators try: a person in a browser, or one of their API tokens. */
const exampleAskers: Record<ExampleAsker, Asker[]> = {
  requester: ["requester"],
  administrator: ["administrator"],
  "requester-token": ["requester", "token"],
  "administrator-token": ["administrator", "token"],
}

/** Lists what a caller may ask for in a project and another person has to approve, for the project's entry in lists. */
export function listNeeds(
  { approvalPolicy, ruleBook }: { approvalPolicy: ApprovalPolicyBook; ruleBook: Pick<RuleBook, "accessOf"> },
  request: Request,
  projectId: string,
): Pick<Project, "approvals"> {
  const policy = approvalPolicy.read()
  if (policy === null) return {}
  const { claims, identity } = userOf(request)
  const askers = toAskers(ruleBook.accessOf(claims), projectId, identity.token !== undefined)
  const approvals = providerNames.flatMap((providerName) =>
    ApprovalAction.options.flatMap(
      (action): { providerName: typeof providerName; action: typeof action; needs: ApprovalNeed }[] => {
        const { needs } = decideStrictest(policy, askers, { projectId, providerName, action })
        return needs === null ? [] : [{ providerName, action, needs }]
      },
    ),
  )
  return approvals.length === 0 ? {} : { approvals }
}
