import { apiUrls, type HandOff, type Timeline } from "@peering-desk/shared-schemas"
import { fireEvent, screen, within } from "@testing-library/react"
import { describe, expect, test } from "vitest"
import { answer, runAudited, listOf, mockBff } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { makePeering, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const aws = makePeering("AWS", { status: "AVAILABLE" })

async function openFold(title: string) {
  mockBff.use(listOf([aws]))
  const app = openApp(pagePaths.connection(projectId, aws.id))
  await app.user.click(await screen.findByRole("heading", { name: title }))
  return app
}

const timeline: Timeline = {
  peeringId: aws.id,
  providerName: "AWS",
  lookEverySeconds: 60,
  observations: [
    {
      number: 1,
      at: "2026-11-24T08:00:00.000Z",
      after: null,
      what: "listed",
      status: "PENDING_ACCEPTANCE",
      turn: "you",
      raw: { statusName: "PENDING_ACCEPTANCE" },
    },
    {
      number: 2,
      at: "2026-11-24T09:30:00.000Z",
      after: "2026-11-24T08:30:00.000Z",
      what: "listed",
      status: "AVAILABLE",
      turn: "works",
      raw: { statusName: "AVAILABLE" },
    },
  ],
  gaps: [
    {
      from: "2026-11-24T08:30:00.000Z",
      until: "2026-11-24T09:30:00.000Z",
      why: "atlas",
      problem: "atlas_timeout",
    },
  ],
  acts: [
    {
      sequence: 7,
      at: "2026-11-24T07:59:00.000Z",
      kind: "attempt",
      action: "peering-create",
      by: "Tom Reed",
      reason: "PAY-212",
      outcome: null,
      answerCode: null,
      attemptSequence: null,
    },
  ],
}

describe("the timeline", () => {
  const openTimeline = async () => {
    mockBff.use(answer(apiUrls.timeline(projectId, aws.id), timeline))
    const app = await openFold("Activity")
    return { ...app, lines: within(await screen.findByRole("list", { name: "Activity" })) }
  }

  test("tells what was done, what was seen between which looks, and the times of which nothing is known", async () => {
    const { lines } = await openTimeline()
    expect(lines.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
      '07:59:00Create a connection, Tom Reed, "PAY-212"',
      "08:00:00PENDING_ACCEPTANCE Your turn, already so at the first look",
      "08:30:00Atlas did not answer until 09:30:00 (atlas_timeout)",
      "09:30:00AVAILABLE between 08:30:00 and then",
    ])
  })

  test("goes back to any moment of it, step by step or at once", async () => {
    const { user } = await openTimeline()
    const range = screen.getByRole("slider", { name: "Go back to" })
    await user.click(screen.getByText("Atlas's answer as it was then"))
    expect(screen.getByText(/"statusName": "AVAILABLE"/, { selector: "details[open] pre" })).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Earlier" }))
    expect(screen.getByRole("main")).toHaveTextContent(
      "PENDING_ACCEPTANCE · Atlas did not answer at that time; this is what was known.",
    )
    fireEvent.change(range, { target: { value: "0" } })
    expect(screen.getByText("Not known yet")).toBeVisible()
    await user.click(screen.getByRole("button", { name: "Later" }))
    expect(range).toHaveValue("1")
  })
})

describe("links for the network's owner", () => {
  const link: HandOff = {
    id: "link-1",
    for: "Network team",
    madeBy: "Tom Reed",
    madeAt: "2026-11-24T10:00:00.000Z",
    expiresAt: "2026-11-27T10:00:00.000Z",
    revokedAt: null,
    revokedBy: null,
    openedCount: 2,
    lastOpenedAt: "2026-11-24T10:05:00.000Z",
    pressedCount: 1,
    lastPressedAt: "2026-11-24T10:06:00.000Z",
  }
  const given = (...handOffs: HandOff[]) => answer(apiUrls.handOffs(projectId, aws.id), { handOffs })

  test("are made for somebody and some time, and shown once to copy", async () => {
    mockBff.use(given())
    const { user } = await openFold("Hand it off")
    expect(await screen.findByText("No link was given out yet.")).toBeVisible()
    const sent: unknown[] = []
    mockBff.use(
      runAudited(
        "post",
        apiUrls.handOffs(projectId, aws.id),
        { handOff: link, token: "t", url: "https://desk.example/hand-off#t" },
        (body) => sent.push(body),
      ),
      given(link),
    )
    await user.type(screen.getByLabelText("For whom"), "Network team")
    await user.click(screen.getByRole("button", { name: "Make a link" }))
    await user.click(await screen.findByRole("button", { name: /^Copy for The link/ }))
    expect(await navigator.clipboard.readText()).toBe("https://desk.example/hand-off#t")
    expect(sent).toEqual([{ expiresInHours: 72, for: "Network team" }])
    expect(await screen.findByText(/For Network team, by Tom Reed/)).toBeVisible()
  })

  test("tell whether they were opened and pressed, and are taken back", async () => {
    mockBff.use(given(link))
    const { user } = await openFold("Hand it off")
    const links = within(await screen.findByRole("list", { name: "Links given out" }))
    expect((await links.findByRole("listitem")).textContent).toContain(
      'Opened 2 times, last 10:05. "I did it" pressed once, last 10:06.',
    )
    mockBff.use(
      runAudited("delete", apiUrls.handOff(projectId, aws.id, link.id), null),
      given({ ...link, revokedAt: "2026-11-24T10:07:00.000Z", revokedBy: "Olivia Novak" }),
    )
    await user.click(links.getByRole("button", { name: "Take it back: the link for Network team" }))
    expect(await links.findByText(/Taken back by Olivia Novak/)).toBeVisible()
    expect(links.queryByRole("button")).toBeNull()
  })

  test("an end that is too far is told at its field", async () => {
    mockBff.use(
      given(),
      runAudited("post", apiUrls.handOffs(projectId, aws.id), {
        problem: { code: "invalid_request", status: 400, fields: { expiresInHours: "At most 168" } },
      }),
    )
    const { user } = await openFold("Hand it off")
    await user.click(await screen.findByRole("button", { name: "Make a link" }))
    expect(await screen.findByText("At most 168")).toBeVisible()
  })
})
