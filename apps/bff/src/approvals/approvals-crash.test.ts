import { apiUrls, type Approval, type ApprovalDetail } from "@peering-desk/shared-schemas"
import { afterEach, describe, expect, test } from "vitest"
import type { Services } from "#services.ts"
import { readRows } from "#test/support/audit-log.ts"
import {
  approvalPolicy,
  approvalRules,
  findRow,
  openApprovalDesk,
  toRequest,
} from "#test/support/approvals.ts"
import { projectId } from "#test/support/requests.ts"
import { startTestApp, type TestApp } from "#test/support/test-app.ts"

const never = () => new Promise<never>(() => {})

/** Puts other methods into a service. */
function patch<Service extends object>(service: Service, methods: Partial<Service>): Service {
  return new Proxy(service, {
    get(target, name) {
      const value: unknown = Reflect.get(methods, name) ?? Reflect.get(target, name)
      return typeof value === "function" ? value.bind(target) : value
    },
  })
}

const opened: TestApp[] = []
afterEach(async () => {
  for (const desk of opened.splice(0).toReversed()) await desk.close()
})

/** Opens a server that stops for ever at some point after an approval. */
async function openDying(at: (services: Services) => Partial<Services>) {
  const held = await openApprovalDesk({ replace: at })
  opened.push(held.desk)
  return { ...held, dieAt: (approval: Approval) => void held.approve("ben", approval).catch(() => null) }
}

/** Starts the next process over the same data, which goes on with what it finds. */
async function restart(desk: TestApp): Promise<TestApp> {
  desk.clock.advance(1)
  const next = await startTestApp({ beside: desk, accessRules: approvalRules })
  opened.push(next)
  next.services.approvalPolicy.replace(approvalPolicy)
  return next
}

/** Lets a server look at open changes, again and again, until a request for approval has an outcome. */
async function passUntilSettled(desk: TestApp, id: string): Promise<void> {
  desk.services.changeLookUps.start()
  await expect
    .poll(async () => {
      await desk.clock.untilWaiting(4_000)
      desk.clock.advance(4_000)
      return (await readApproval(desk, id)).state
    })
    .toMatch(/done|failed/)
}

async function readApproval(desk: TestApp, id: string) {
  const change = await desk.services.changeRows.find(id)
  return { state: change?.state, code: change?.problem?.code ?? null }
}

async function readDone(desk: TestApp, action: string) {
  const rows = await readRows(desk.services.store)
  return rows
    .filter((row) => row.action === action)
    .map(({ kind, outcome, actor, detail }) => [kind, outcome, actor?.subject, detail ?? {}])
}

describe("a crash after an approval", () => {
  test("leaves a create to the next process, which sends it once, with both people in its audit row", async () => {
    const { desk, hold, dieAt } = await openDying((services) => ({
      changes: patch(services.changes, { carryOut: never }),
    }))
    const approval = await hold("nadia", 1)
    dieAt(approval)
    await expect.poll(async () => (await readApproval(desk, approval.id)).state).toBe("ready")
    const next = await restart(desk)
    await passUntilSettled(next, approval.id)
    expect(await readApproval(next, approval.id)).toMatchObject({ state: "done", code: null })
    expect(next.asked("POST", "/peers")).toBe(1)
    const about = { approval: approval.id, planHash: approval.planHash, approvedBy: "ben example" }
    expect(await readDone(next, "peering-create")).toMatchObject([
      ["attempt", null, "nadia", about],
      ["outcome", "done", "nadia", about],
    ])
  })

  test("does not let another plan be sent that was put into the database meanwhile", async () => {
    const { desk, hold, dieAt } = await openDying((services) => ({
      changes: patch(services.changes, { carryOut: never }),
    }))
    const approval = await hold("nadia", 1)
    dieAt(approval)
    await expect.poll(async () => (await readApproval(desk, approval.id)).state).toBe("ready")
    const row = await findRow(desk, approval.id)
    const plan = JSON.stringify({ ...(JSON.parse(row.plan) as object), request: toRequest(2) })
    await desk.services.store.db.updateTable("change").set({ plan }).where("id", "=", approval.id).execute()
    const next = await restart(desk)
    await passUntilSettled(next, approval.id)
    expect(await readApproval(next, approval.id)).toMatchObject({ state: "failed", code: "plan_changed" })
    expect(next.asked("POST", "/peers")).toBe(0)
  })

  test("leaves a create without an answer to the next process, which finds the connection and sends nothing", async () => {
    const { desk, hold, dieAt } = await openDying((services) => ({
      atlas: patch(services.atlas, {
        async createPeer(...call) {
          await services.atlas.createPeer(...call)
          return await never()
        },
      }),
    }))
    const approval = await hold("nadia", 1)
    dieAt(approval)
    await expect.poll(() => desk.asked("POST", "/peers")).toBe(1)
    const next = await restart(desk)
    await passUntilSettled(next, approval.id)
    expect(await readApproval(next, approval.id)).toMatchObject({ state: "done" })
    expect(next.asked("POST", "/peers")).toBe(1)
  })

  /** Creates a connection without a policy, and asks for a change of it that is approved. */
  async function changeAndDie(at: (services: Services) => Partial<Services>) {
    const held = await openDying(at)
    const { desk } = held
    desk.services.approvalPolicy.replace(null)
    const { id } = (await held.ask("nadia", 1)).json() as { id: string }
    desk.services.approvalPolicy.replace(approvalPolicy)
    desk.simulator.advance(60)
    desk.clock.advance(3_000)
    const answer = await held.call("nadia", "PATCH", apiUrls.peering(projectId, id), {
      body: { reason: "The VPC has grown", change: { routeTableCidrBlock: "10.99.0.0/16" } },
    })
    const { approval } = answer.json() as ApprovalDetail
    held.dieAt(approval)
    return { desk, id, approval, patches: () => desk.asked("PATCH", `/peers/${id}`) }
  }

  test("leaves a change to the next process, which sends it once", async () => {
    const { desk, approval, patches } = await changeAndDie((services) => ({
      changes: patch(services.changes, { carryOut: never }),
    }))
    await expect.poll(async () => (await readApproval(desk, approval.id)).state).toBe("ready")
    const next = await restart(desk)
    await passUntilSettled(next, approval.id)
    expect([await readApproval(next, approval.id), patches()]).toMatchObject([{ state: "done" }, 1])
    expect((await readDone(next, "peering-change")).at(-1)).toMatchObject([
      "outcome",
      "done",
      "nadia",
      { approvedBy: "ben example" },
    ])
  })

  test.each([
    ["that Atlas carried out, and finds it done", true, { state: "done", code: null }],
    [
      "that never reached Atlas, and reports it once Atlas's lists prove it",
      false,
      { state: "failed", code: "outcome_unknown" },
    ],
  ])("sends no change again %s", async (_, isCarriedOut, expected) => {
    const { desk, approval, patches } = await changeAndDie((services) => ({
      atlas: patch(services.atlas, {
        async changePeer(...call) {
          if (isCarriedOut) await services.atlas.changePeer(...call)
          return await never()
        },
      }),
    }))
    await expect.poll(async () => (await readApproval(desk, approval.id)).state).toBe("sent")
    await expect.poll(patches).toBe(isCarriedOut ? 1 : 0)
    const next = await restart(desk)
    await passUntilSettled(next, approval.id)
    expect(await readApproval(next, approval.id)).toMatchObject(expected)
    expect(patches()).toBe(isCarriedOut ? 1 : 0)
  })
})
