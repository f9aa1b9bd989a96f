import { fireEvent, render, screen, waitFor } from "@testing-library/react"
import { userEvent } from "@testing-library/user-event"
import { lazy, Suspense } from "react"
import { expect, test } from "vitest"
import { SearchField } from "./SearchField.tsx"
import { SearchList } from "./SearchList.tsx"

/** Opens a field whose list loads when the test says so. */
function openField(chosen: string[]) {
  let load = () => {}
  const loading = new Promise<{ default: typeof SearchList }>((resolve) => {
    load = () => resolve({ default: SearchList })
  })
  const LateList = lazy(() => loading)
  render(
    <SearchField label="Search projects" placeholder="" onClose={() => {}}>
      {(search) => (
        <Suspense>
          <LateList
            search={search}
            options={["payments-prod", "analytics"].map((text) => ({ key: text, text }))}
            onChoose={(key) => chosen.push(key)}
          />
        </Suspense>
      )}
    </SearchField>,
  )
  return { user: userEvent.setup(), load }
}

test("Enter pressed before the list of a search field has loaded chooses the first match once it has", async () => {
  const chosen: string[] = []
  const { user, load } = openField(chosen)
  await user.keyboard("ana{Enter}")
  load()
  await waitFor(() => expect(chosen).toEqual(["analytics"]))
})

test("Enter pressed before the list of a search field has loaded counts for that text only", async () => {
  const chosen: string[] = []
  const { user, load } = openField(chosen)
  await user.keyboard("ana{Enter}x{Backspace}")
  load()
  await user.keyboard("{Enter}")
  await waitFor(() => expect(chosen).toEqual(["analytics"]))
})

test("Enter in a search field presses nothing else, also before its list has loaded", () => {
  openField([])
  expect(fireEvent.keyDown(screen.getByRole("combobox"), { key: "Enter" })).toBe(false)
})
