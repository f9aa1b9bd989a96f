import { apiUrls, type Check, type PolicyChecks } from "@peering-desk/shared-schemas"
import { screen, within } from "@testing-library/react"
import { expect, test } from "vitest"
import { mockBff, runAudited } from "#mock-bff/mock-bff.ts"
import { useMockBff } from "#mock-bff/open-app.tsx"
import { answerBlastRadius, openConnection } from "#mock-bff/open-connection.ts"
import { makePeering, projectId } from "#mock-bff/samples.ts"

useMockBff()

const aws = makePeering("AWS", { status: "AVAILABLE" })
const longName =
  "Networks of the regulated workloads of the platform in Europe are changed by the network team only"

const toCheck = (status: Check["status"], says: string): Check => ({
  id: "policies",
  status,
  says,
  errorCode: null,
  field: null,
  basedOn: "1 resource policy of the organization",
})

/** What the page asked of policies. */
let asked: unknown[] = []

function answerChecks(...checks: Check[]) {
  asked = []
  const body = { checks } satisfies PolicyChecks
  mockBff.use(runAudited("post", apiUrls.policyChecks(projectId), body, (question) => asked.push(question)))
}

async function openForm(form: "Edit" | "Delete…") {
  mockBff.use(answerBlastRadius(aws.id, "vpc-0a1b2c3d4e5f60718", { containerLeftWithoutPeers: true }))
  const app = await openConnection(aws)
  if (form === "Edit") await app.user.click(screen.getByRole("button", { name: form }))
  else {
    await app.user.click(screen.getByRole("button", { name: /^More actions/ }))
    await app.user.click(screen.getByRole("menuitem", { name: form, hidden: true }))
  }
  return app
}

test("a deletion shows a policy that may forbid it, and stays possible", async () => {
  const says = `Policy "${longName}" forbids this deletion, if Atlas checks deletions`
  answerChecks(toCheck("amber", says))
  await openForm("Delete…")
  const dialog = await screen.findByRole("dialog", { name: /^Delete/ })
  expect(await within(dialog).findByText(`${says}.`)).toBeVisible()
  expect(asked).toEqual([{ kind: "delete", peeringId: aws.id }])
})

test("an edit asks policies about the changed fields, and shows the one that forbids it", async () => {
  answerChecks(toCheck("red", 'Policy "Frozen" forbids this change: Ask the network team'))
  const { user } = await openForm("Edit")
  const cidr = await screen.findByLabelText("VPC CIDR")
  expect(asked).toEqual([])
  await user.clear(cidr)
  await user.type(cidr, "10.99.0.0/16")
  expect(
    await screen.findByText(
      'Policy "Frozen" forbids this change: Ask the network team.',
      {},
      { timeout: 5_000 },
    ),
  ).toBeVisible()
  const change = { routeTableCidrBlock: "10.99.0.0/16" }
  await expect.poll(() => asked.at(-1)).toEqual({ kind: "change", peeringId: aws.id, change })
})

test("an edit says that policies were not checked while the server does not answer", async () => {
  mockBff.use(
    runAudited("post", apiUrls.policyChecks(projectId), { problem: { status: 500, code: "internal_error" } }),
  )
  const { user } = await openForm("Edit")
  await user.clear(await screen.findByLabelText("VPC CIDR"))
  await user.type(screen.getByLabelText("VPC CIDR"), "10.99.0.0/16")
  expect(
    await screen.findByText("Resource policies not checked by the server.", {}, { timeout: 5_000 }),
  ).toBeVisible()
})

test("an edit asks policies nothing about a CIDR that is not one yet", async () => {
  answerChecks(toCheck("green", "1 resource policy allows this"))
  const { user } = await openForm("Edit")
  const cidr = screen.getByLabelText("VPC CIDR")
  await user.clear(cidr)
  await user.type(cidr, "300.0.0.0/16")
  await user.clear(cidr)
  await user.type(cidr, "10.77.0.0/16")
  expect(await screen.findByText("1 resource policy allows this.", {}, { timeout: 5_000 })).toBeVisible()
  expect(asked).toEqual([
    { kind: "change", peeringId: aws.id, change: { routeTableCidrBlock: "10.77.0.0/16" } },
  ])
})
