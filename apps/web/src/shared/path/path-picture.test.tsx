import type { Path, PathStop } from "@peering-desk/peering-rules"
import { render, screen } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { expect, test, vi } from "vitest"
import { joinStops } from "./path-lines.ts"
import { PathPicture } from "./PathPicture.tsx"

const now = () => new Date().toISOString()

const toStop = (id: PathStop["id"], side: PathStop["side"], more: Partial<PathStop> = {}): PathStop => ({
  id,
  side,
  state: "proven",
  fact: "there",
  says: "",
  next: null,
  stepId: null,
  source: side === "own" ? "read" : "atlas",
  by: null,
  at: now(),
  number: null,
  ...more,
})

const later = { state: "later", fact: "After acceptance", source: null, at: null } as const

function toPath(peering: Partial<PathStop>): Path {
  const stops = [
    toStop("application", "own", { fact: "4 subnets" }),
    toStop("route", "own", later),
    toStop("dns", "own", later),
    toStop("peering", "gap", peering),
    toStop("access-list", "atlas"),
    toStop("cluster", "atlas", { state: "not-checked", fact: "Not checked", source: null, at: null }),
  ]
  const open = peering.state === "waiting" ? "peering" : null
  return { providerName: "AWS", stops, open, isOwnSideUnknown: false }
}

const network = { title: "Your network", name: "orders", place: "AWS us-east-1", facts: [] }
const waiting = { state: "waiting", fact: "Owner must accept" } as const

function draw(path: Path, more: Partial<Parameters<typeof PathPicture>[0]> = {}) {
  return (
    <PathPicture
      path={path}
      own={network}
      atlas={{ ...network, title: "Atlas container" }}
      gap={{ above: null, below: null }}
      panel="Ask the owner"
      {...more}
    />
  )
}

const listStops = () => screen.getAllByRole("listitem").map(({ textContent }) => textContent)

test("a path is one list with the state, value, source and age of each stop, and the panel at the open one", () => {
  render(draw(toPath(waiting)))
  expect(listStops()).toEqual([
    "Application. Proven: 4 subnets. AWS role, 0 s ago",
    "Route. Later: After acceptance. ",
    "DNS. Later. ",
    "Peering. Waiting: Owner must accept. Atlas, 0 s agoAsk the owner",
    "Access list. Proven: there. Atlas, 0 s ago",
    "Cluster. Not checked. ",
  ])
  expect(
    screen
      .getAllByRole("listitem")
      .map((one) => one.getAttribute("aria-current"))
      .indexOf("step"),
  ).toBe(3)
})

test("a path that Atlas no longer confirms has times in place of ages", () => {
  render(draw(toPath({}), { staleAt: now() }))
  expect(listStops()[0]).toMatch(/AWS role, \d\d:\d\d$/)
})

test("arrow keys walk the stops of a path from the open one, and Enter opens one", async () => {
  const user = userEvent.setup()
  const onChoose = vi.fn<(id: PathStop["id"]) => void>()
  render(draw(toPath(waiting), { onChoose }))
  await user.tab()
  expect(document.activeElement).toBe(screen.getByRole("button", { name: /^Peering/ }))
  await user.keyboard("{ArrowLeft}{ArrowUp}{Enter}")
  expect(onChoose).toHaveBeenCalledExactlyOnceWith("route")
})

test("a stop draws itself once when it becomes proven while the page is open", () => {
  const { rerender } = render(draw(toPath(waiting)))
  const isDrawn = () => screen.getByText("Peering").closest("[data-arrived]") !== null
  expect(isDrawn()).toBe(false)
  rerender(draw(toPath({})))
  expect(isDrawn()).toBe(true)
})

test.each([
  ["proven", "proven", "solid"],
  ["proven", "waiting", "solid"],
  ["waiting", "proven", "dots"],
  ["in-progress", "proven", "work"],
  ["proven", "not-checked", "dashes"],
  ["waiting", "marked", "dashes"],
  ["proven", "later", "thin"],
  ["not-checked", "later", "dashes"],
  ["proven", "broken", "gap"],
] as const)("the half of the line at a %s stop beside one that is %s is %s", (state, neighbour, kind) => {
  expect(joinStops({ state }, { state: neighbour })).toBe(kind)
})
