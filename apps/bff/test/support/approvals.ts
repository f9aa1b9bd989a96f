import type { Persona } from "@peering-desk/demo-identity-provider"
import {
  apiUrls,
  approvalUrls,
  ApprovalDetail,
  AuditPage,
  HeldForApproval,
  idempotencyKeyHeader,
  type Approval,
  type AuditAction,
  type AuditRow,
} from "@peering-desk/shared-schemas"
import type { ApprovalPolicy } from "#approvals/approval-policy.ts"
import type { AccessRules } from "#sign-in/access-rules.ts"
import { createToken } from "./api-tokens.ts"
import type { Answer } from "./http.ts"
import { projectId, requests } from "./requests.ts"
import { startTestApp, type TestApp } from "./test-app.ts"

type Person = "nadia" | "ben" | "vera" | "victor" | "olivia"

const groups: Record<Person, string> = {
  nadia: "team",
  ben: "team",
  vera: "leads",
  victor: "viewers",
  olivia: "admins",
}
export const approvalPersonas: readonly Persona[] = Object.entries(groups).map(([id, group]) => ({
  id,
  name: `${id} example`,
  email: `${id}@example.com`,
  may: group,
  groups: [group],
}))

const claim = "groups"
export const approvalRules: AccessRules = {
  rules: [
    { claim, equals: "team", role: "requester", projects: [projectId] },
    { claim, equals: "leads", role: "administrator", projects: [projectId] },
    { claim, equals: "viewers", role: "viewer", projects: [projectId] },
    { claim, equals: "admins", role: "administrator", projects: "*" },
  ],
}

/** Another requester approves creates and changes there, an administrator deletions. */
export const approvalPolicy: ApprovalPolicy = {
  lines: [
    { projects: [projectId], actions: ["delete"], needs: "administrator" },
    { projects: [projectId], needs: "requester" },
  ],
  expireAfterHours: 24,
}

/** A server with a policy and several people. */
export interface ApprovalDesk {
  desk: TestApp
  call: (
    person: Person,
    method: string,
    path: string,
    options?: Parameters<TestApp["call"]>[2],
  ) => Promise<Answer>
  /** Asks for the connection of a VPC that no other number has. */
  ask: (person: Person, number: number, more?: object) => Promise<Answer>
  /** Asks, and returns the request that now waits. */
  hold: (person: Person, number: number, more?: object) => Promise<Approval>
  read: (id: string, person?: Person) => Promise<ApprovalDetail>
  approve: (person: Person, approval: Pick<Approval, "id" | "planHash">) => Promise<Answer>
  rows: (action: AuditAction) => Promise<AuditRow[]>
  /** Makes an API token of a person. */
  makeToken: (person: Person) => Promise<string>
}

/** Builds a request for another VPC by each number from 1 to 200. */
export function toRequest(number: number) {
  return {
    ...requests.AWS,
    vpcId: `vpc-${String(number).padStart(17, "0")}`,
    routeTableCidrBlock: `10.${number}.0.0/16`,
  }
}

export const toKey = (number: number) => `the-key-of-the-form-${number}`

export async function openApprovalDesk(
  options: Parameters<typeof startTestApp>[0] = {},
): Promise<ApprovalDesk> {
  const desk = await startTestApp({
    persona: null,
    personas: approvalPersonas,
    accessRules: approvalRules,
    ...options,
  })
  desk.services.approvalPolicy.replace(approvalPolicy)
  const cookies = new Map<Person, string>()
  for (const person of Object.keys(groups) as Person[]) cookies.set(person, await desk.signIn(person))
  const call: ApprovalDesk["call"] = (person, method, path, { headers, ...options } = {}) =>
    desk.call(method, path, { ...options, headers: { cookie: cookies.get(person), ...headers } })
  const ask: ApprovalDesk["ask"] = (person, number, more = {}) =>
    call(person, "POST", apiUrls.peerings(projectId), {
      headers: { [idempotencyKeyHeader]: toKey(number) },
      body: { request: toRequest(number), reason: "Orders move to Atlas", ...more },
    })
  return {
    desk,
    call,
    ask,
    async hold(person, number, more) {
      const answer = await ask(person, number, more)
      if (answer.status !== 202) throw new Error(`not held: ${answer.status} ${answer.text}`)
      return HeldForApproval.parse(answer.json()).approval
    },
    read: async (id, person = "olivia") =>
      ApprovalDetail.parse((await call(person, "GET", approvalUrls.approval(id))).json()),
    approve: (person, { id, planHash }) =>
      call(person, "POST", approvalUrls.approve(id), { body: { planHash } }),
    rows: async (action) =>
      AuditPage.parse(
        (await call("olivia", "GET", apiUrls.audit({ action, limit: "200" }))).json(),
      ).rows.toReversed(),
    makeToken: async (person) =>
      (await createToken(desk, cookies.get(person), { projects: [projectId] })).secret,
  }
}

/** Reads the row of a change. */
export async function findRow({ services }: TestApp, id: string) {
  return await services.store.db
    .selectFrom("change")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirstOrThrow()
}
