import { render, screen } from "@testing-library/react"
import userEvent from "@testing-library/user-event"
import { expect, test, vi } from "vitest"
import { CheckboxList } from "#shared/CheckboxList.tsx"
import { Form } from "./Form.tsx"
import { RadioCards } from "./RadioCards.tsx"
import { SegmentedControl } from "./SegmentedControl.tsx"
import { SelectField } from "./SelectField.tsx"
import { TextField } from "./TextField.tsx"

const draw = (isBusy: boolean, error?: string) => (
  <Form isBusy={isBusy} onSubmit={() => {}}>
    <TextField label="Name" hint="" />
    <SelectField
      label="Project"
      options={[["payments", "payments"]]}
      value={null}
      error={error}
      onChange={() => {}}
    />
    <button type="submit">Save</button>
  </Form>
)

test("A field in which the server finds a mistake takes the focus, and is described by it", async () => {
  const user = userEvent.setup()
  const { rerender } = render(draw(false))
  await user.click(screen.getByRole("button", { name: "Save" }))
  rerender(draw(true))
  expect(screen.getByRole("button", { name: "Save" })).toHaveFocus()

  rerender(draw(false, "No such project"))
  const field = screen.getByRole("combobox", { name: "Project" })
  expect(field).toHaveFocus()
  expect(field).toHaveAccessibleDescription("No such project")
})

test("A field keeps the focus while another one of its form is wrong", async () => {
  const user = userEvent.setup()
  const { rerender } = render(draw(false))
  await user.click(screen.getByRole("button", { name: "Save" }))
  rerender(draw(false, "No such project"))
  await user.click(screen.getByRole("textbox", { name: "Name" }))
  rerender(draw(false, "Choose another project"))
  expect(screen.getByRole("textbox", { name: "Name" })).toHaveFocus()
})

test.each([
  [false, 4],
  [true, 0],
])(
  "The choices of a form can be changed unless it is being sent (being sent: %s)",
  async (isBusy, changes) => {
    const user = userEvent.setup()
    const change = vi.fn<(value: unknown) => void>()
    render(
      <Form isBusy={isBusy} onSubmit={() => {}}>
        <SelectField label="Project" empty="None" options={[["a", "A"]]} value={null} onChange={change} />
        <RadioCards
          label="Cloud"
          hint=""
          cards={[{ value: "AWS", title: "AWS", detail: "" }]}
          value=""
          onChange={change}
        />
        <SegmentedControl
          label="Rights"
          options={[{ value: "read", title: "Read" }]}
          value={"write" as string}
          onChange={change}
        />
        <CheckboxList legend="Events" options={[["failed", "Failed"]]} chosen={[]} onChange={change} />
      </Form>,
    )
    await user.selectOptions(screen.getByRole("combobox"), "A")
    await user.click(screen.getByRole("radio", { name: /AWS/ }))
    await user.click(screen.getByRole("radio", { name: "Read" }))
    await user.click(screen.getByRole("checkbox", { name: "Failed" }))
    expect(change).toHaveBeenCalledTimes(changes)
  },
)
