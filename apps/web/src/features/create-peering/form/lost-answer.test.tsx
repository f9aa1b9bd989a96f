import { cleanup, screen, waitFor } from "@testing-library/react"
import { beforeEach, describe, expect, test } from "vitest"
import { fill } from "#mock-bff/fields.ts"
import { pagePaths } from "#shared/page-paths.ts"
import {
  answerContainers,
  answerCreates,
  createButton,
  creates,
  oneOfEach,
  openFilledPage,
  openPage,
  peeringId,
  problem,
  projectId,
  rightAws,
  rightAwsRequest,
  useCreatePageBff,
} from "#features/create-peering/testing-page.tsx"

useCreatePageBff()

beforeEach(() => answerContainers(oneOfEach))

const created = () => expect(location.pathname).toBe(pagePaths.connection(projectId, peeringId))
const countKeys = () => new Set(creates.map(({ key }) => key)).size
const findCheckAgain = () => screen.findByRole("button", { name: "Check now" })

/** Sends the form; the answer is lost. */
async function openLost() {
  const user = await openFilledPage()
  await user.click(createButton())
  await findCheckAgain()
  return user
}

describe("a create whose answer was lost", () => {
  test.each([
    ["Atlas", problem("outcome_unknown", 504, { detail: "Atlas doesn't list it yet." })],
    ["a request that still runs", problem("still_running", 409)],
    ["our own server", "cut" as const],
  ])("is looked up under the same key until the outcome is known: lost by %s", async (_, lost) => {
    answerCreates(lost, lost, "created")
    const user = await openLost()
    expect(screen.getByRole("alert")).toHaveTextContent("vpc-0a1b2c3d4e5f60718")
    expect(screen.getByRole("link", { name: "All connections" })).toHaveAttribute(
      "href",
      pagePaths.connections(projectId),
    )
    const again = await findCheckAgain()
    await user.click(again)
    await waitFor(() => expect(creates).toHaveLength(2))
    await waitFor(() => expect(again).toHaveTextContent("Check now"))
    expect(again).toHaveFocus()
    await user.click(again)
    await waitFor(created)
    expect(countKeys()).toBe(1)
    expect(creates.map(({ request }) => request)).toEqual([rightAwsRequest, rightAwsRequest, rightAwsRequest])
  })

  test.each(["cut", "proxy"] as const)("explains what Check now does: %s", async (lost) => {
    answerCreates(lost)
    await openLost()
    expect(screen.getByRole("alert")).toHaveTextContent(
      "vpc-0a1b2c3d4e5f60718: The request may have reached Atlas. Check now: the server looks for the connection, and sends the request only if it never arrived. If the connection exists, its page opens.",
    )
  })

  test("survives a reload with its key; sending the same form again repeats the request", async () => {
    answerCreates("cut", "created")
    await openLost()
    const user = await openPage()
    expect(await screen.findByText("Sent, but the answer was lost")).toBeVisible()
    await user.click(createButton())
    await waitFor(created)
    expect(creates).toHaveLength(2)
    expect(countKeys()).toBe(1)
  })

  test("is remembered when the person left the page before the answer", async () => {
    answerCreates(new Promise(() => undefined))
    const user = await openFilledPage()
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(1))
    await openPage()
    expect(screen.getByText("Sent, but the answer was lost")).toBeVisible()
  })

  test("leaves no name and reason for the next one when the answer comes after the person left the page", async () => {
    let answerNow = () => {}
    answerCreates(new Promise((resolve) => (answerNow = () => resolve("created"))))
    const user = await openFilledPage()
    await user.click(createButton())
    await waitFor(() => expect(creates).toHaveLength(1))
    cleanup()
    const kept = () => JSON.stringify(Object.entries(localStorage))
    expect(kept()).toContain(rightAws.Reason)
    answerNow()
    await waitFor(() => expect(kept()).not.toContain(rightAws.Reason))
  })

  test.each<[string, Record<string, string>]>([
    ["another CIDR", { "VPC CIDR": "10.30.0.0/16" }],
    ["another reason", { Reason: "NET-43" }],
  ])("leaves changed content to a new request: %s", async (_, values) => {
    answerCreates("cut", "created")
    const user = await openLost()
    fill(values)
    await user.click(createButton())
    await waitFor(created)
    expect(countKeys()).toBe(2)
    expect(creates.map(({ reason }) => reason)).toEqual([
      rightAws.Reason,
      values["Reason"] ?? rightAws.Reason,
    ])
  })

  test.each(["not_signed_in", "too_many_requests", "shutting_down"] as const)(
    "stays open when checking again fails with %s",
    async (code) => {
      answerCreates("cut", problem(code, 429), "created")
      const user = await openLost()
      await user.click(await findCheckAgain())
      await waitFor(() => expect(creates).toHaveLength(2))
      const again = await findCheckAgain()
      expect(screen.getByRole("alert")).toHaveTextContent("The request may have reached Atlas.")
      await user.click(again)
      await waitFor(created)
      expect(countKeys()).toBe(1)
    },
  )

  test("shows a refusal that checking again finds", async () => {
    answerCreates("cut", problem("atlas_refused", 422))
    const user = await openLost()
    await user.click(await findCheckAgain())
    await waitFor(() => expect(screen.getByText("Atlas rejected the request")).toBeVisible())
    expect(screen.queryByRole("button", { name: "Check now" })).toBeNull()
  })

  test("is let go by Clear form", async () => {
    answerCreates("cut", "created")
    const user = await openLost()
    await user.click(screen.getByRole("button", { name: "Clear form" }))
    expect(screen.queryByRole("button", { name: "Check now" })).toBeNull()
    fill(rightAws)
    await user.click(createButton())
    await waitFor(created)
    expect(countKeys()).toBe(2)
  })
})
