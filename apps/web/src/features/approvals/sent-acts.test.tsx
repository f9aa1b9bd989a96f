import { render, screen } from "@testing-library/react"
import { expect, test } from "vitest"
import { SentActs } from "./SentActs.tsx"

test("the acts after an approval stand under those who do them: the network's owner, and people in the Atlas project", () => {
  const others = [
    { number: 2, stopId: "peering", by: "owner", says: "Accept it." },
    { number: 3, stopId: "access-list", by: "project", says: "Add 10.50.0.0/16 to the IP access list." },
  ] as const
  const sent = [{ number: 1, says: "Create the peering.", body: {} }]
  render(<SentActs title="What is sent" sent={sent} others={others} owner="4829 1357 0264" />)
  const ofOwner = screen.getByRole("region", { name: "Then, by the owner of 4829 1357 0264" })
  expect(ofOwner).toHaveTextContent(/2Accept it\.$/)
  const inProject = screen.getByRole("region", { name: "Then, in the Atlas project" })
  expect(inProject).toHaveTextContent(/3Add 10\.50\.0\.0\/16 to the IP access list\.$/)
  expect(screen.queryByRole("region", { name: /^First/ })).toBeNull()
})
