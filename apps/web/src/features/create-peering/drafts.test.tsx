import { screen } from "@testing-library/react"
import { beforeEach, expect, test } from "vitest"
import { makeSession } from "#mock-bff/samples.ts"
import { answerContainers, answerSession, fill, oneOfEach, openPage, rightAws } from "./testing-page.tsx"

beforeEach(() => answerContainers(oneOfEach))

test("what was typed waits for the person who typed it, whoever signs in between", async () => {
  const user = await openPage()
  await fill(user, rightAws)

  answerSession(makeSession({}, "Victor Sand"))
  await openPage()
  expect(screen.getByLabelText("VPC ID")).toHaveValue("")
  expect(screen.getByLabelText("Reason")).toHaveValue("")

  answerSession(makeSession())
  await openPage()
  expect(screen.getByLabelText("VPC ID")).toHaveValue(rightAws["VPC ID"])
  expect(screen.getByLabelText("Reason")).toHaveValue(rightAws.Reason)
})
