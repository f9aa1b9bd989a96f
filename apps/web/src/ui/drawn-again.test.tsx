import { startTransition } from "react"
import { createRoot } from "react-dom/client"
import { expect, onTestFinished, test, vi } from "vitest"
import { reportDrawnAgain } from "./drawn-again.ts"
import { ScriptNotLoaded } from "./lazy-page.ts"

test("a part whose script arrives on React's second try is not reported as a page drawn again", async () => {
  expect(await logOfPartThatFailsOnce(new ScriptNotLoaded(() => {}, null))).toEqual([])
})

test("a part that fails once for another reason is reported as a page drawn again", async () => {
  const [line] = await logOfPartThatFailsOnce(new Error("no such field"))
  expect(line).toMatch(/^The page was drawn again: Error: .*PartThatFailsOnce/s)
})

async function logOfPartThatFailsOnce(failure: Error): Promise<string[]> {
  const log = vi.spyOn(console, "error").mockImplementation(() => {})
  // React tries it again by itself outside of a test only.
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", false)
  const place = document.body.appendChild(document.createElement("div"))
  const root = createRoot(place, { onRecoverableError: reportDrawnAgain })
  onTestFinished(() => {
    root.unmount()
    place.remove()
    log.mockRestore()
    vi.unstubAllGlobals()
  })
  let tries = 0
  function PartThatFailsOnce() {
    tries += 1
    if (tries === 1) throw failure
    return "here"
  }
  startTransition(() => root.render(<PartThatFailsOnce />))
  await vi.waitFor(() => expect(place.textContent).toBe("here"))
  return log.mock.calls.map((words) => words.map(String).join(" "))
}
