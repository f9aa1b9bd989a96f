import { apiUrls } from "@peering-desk/shared-schemas"
import { screen, waitFor } from "@testing-library/react"
import { describe, expect, test } from "vitest"
import { answer, listOf, mockBff } from "#mock-bff/mock-bff.ts"
import { openApp, useMockBff } from "#mock-bff/open-app.tsx"
import { makeList, makePeering, makeWatch, otherProjectId, projectId } from "#mock-bff/samples.ts"
import { pagePaths } from "#shared/page-paths.ts"

useMockBff()

const address = () => location.pathname

describe("going from page to page", () => {
  test("names the window and moves the focus to the title, not on the first load", async () => {
    mockBff.use(listOf([makePeering("AZURE")]))
    const { user } = openApp(pagePaths.connections(projectId))
    await waitFor(() => expect(document.title).toBe("Connections in payments-prod · Peering Desk"))
    expect(document.body).toHaveFocus()
    await user.click(await screen.findByRole("link", { name: "vnet-crm" }))
    const title = await screen.findByRole("heading", { name: "vnet-crm" })
    await waitFor(() => expect(title).toHaveFocus())
    expect(document.title).toBe("✓ vnet-crm Available in Atlas · Peering Desk")
  })

  test("a project chosen by name opens, and the focus stays on the switcher", async () => {
    mockBff.use(
      listOf({ ...makeList([]), projectId: otherProjectId }),
      answer(apiUrls.containers(otherProjectId), { containers: [] }),
    )
    const { user, browser } = openApp(pagePaths.connections(projectId))
    const switcher = await screen.findByRole("button", { name: "Project: payments-prod" })
    await user.click(switcher)
    // This browser has no top layer, so it takes what is in a popover for hidden.
    const search = await screen.findByRole("combobox", { name: "Search projects", hidden: true })
    await user.type(search, "ana{Enter}")
    await waitFor(() => expect(address()).toBe(pagePaths.connections(otherProjectId)))
    await waitFor(() => expect(switcher).toHaveFocus())
    await waitFor(() =>
      expect(browser.openSources.map(({ url }) => url)).toEqual([
        expect.stringContaining(apiUrls.events({ projects: otherProjectId })),
      ]),
    )
  })

  test("Back returns the focus to the link that was followed", async () => {
    mockBff.use(listOf([makePeering("AZURE")]))
    const { user } = openApp(pagePaths.connections(projectId))
    await user.click(await screen.findByRole("link", { name: "vnet-crm" }))
    await screen.findByRole("heading", { name: "vnet-crm" })
    history.back()
    await waitFor(() => expect(screen.getByRole("link", { name: "vnet-crm" })).toHaveFocus())
  })

  test("the first stop of the keyboard leads past the header", async () => {
    const { user } = openApp(pagePaths.connections(projectId))
    await user.tab()
    expect(screen.getByRole("link", { name: "Skip to the content" })).toHaveFocus()
    await user.keyboard("{Enter}")
    expect(screen.getByRole("heading", { name: "Connections" })).toHaveFocus()
    expect(location.hash).toBe("")
  })

  test("an address that is of no page says so", async () => {
    openApp("/nowhere")
    expect(await screen.findByRole("heading", { name: "Page not found" })).toBeVisible()
  })

  test("an old address leads to the page's new one with its query", async () => {
    openApp("/address-map?block=10.8.0.0/21")
    await waitFor(() => expect(address()).toBe(pagePaths.addressSpace()))
    expect(location.search).toBe("?block=10.8.0.0%2F21")
  })

  test.each([
    [["AWS"], "AWS not live · last read 10:02"],
    [["AWS", "GCP", "AZURE"], "Not live · last read 10:02"],
    [[], "Live"],
  ] as const)("the top bar says while Atlas can't be read for %j: %s", async (clouds, words) => {
    const failing = clouds.map((name) =>
      makeWatch(name, { problem: "atlas_rate_limited", checkedAt: "2026-11-24T10:02:00.000Z" }),
    )
    mockBff.use(listOf(makeList([makePeering("AWS")], failing)))
    const { openStream } = openApp(pagePaths.connections(projectId))
    await openStream()
    expect(await screen.findByText(words, { selector: "output" })).toBeVisible()
  })

  test("the sidebar says that Atlas is simulated", async () => {
    openApp(pagePaths.connections(projectId))
    expect(await screen.findByText(/Simulated Atlas at/)).toHaveTextContent("127.0.0.1:8081")
  })
})
