import { render, screen } from "@testing-library/react"
import { expect, test } from "vitest"
import { Tabs } from "./Tabs.tsx"

const tabs = (["AWS", "Azure"] as const).map((value) => ({
  value,
  title: value,
  detail: "",
  mark: null,
  panel: <button type="button">Fill in {value}</button>,
}))

test("A panel that waits for the next one to take its place can't be pressed, and the next one can", () => {
  const { rerender } = render(
    <Tabs label="Cloud" tabs={tabs} value="Azure" shown="AWS" onChange={() => {}} />,
  )
  expect(screen.getByRole("button", { name: "Fill in AWS" }).closest("[inert]")).toBeInTheDocument()

  rerender(<Tabs label="Cloud" tabs={tabs} value="Azure" shown="Azure" onChange={() => {}} />)
  expect(screen.getByRole("button", { name: "Fill in Azure" }).closest("[inert]")).toBeNull()
})
