import { cleanup, configure, getConfig } from "@testing-library/react"
import * as React from "react"
import { afterEach } from "vitest"

const { getElementError } = getConfig()

/**
 * Builds the error of a query, which prints the page once its message is read. Waiting for an element fails until the element is there,
 * and printing the page takes longer than the search.
 */
function toElementError(message: string | null, container: Element): Error {
  const error = new Error(message ?? "")
  error.name = "TestingLibraryElementError"
  Error.captureStackTrace(error, toElementError)
  const get = () => getElementError(message, container).message
  return Object.defineProperty(error, "message", { configurable: true, get })
}

// A busy machine is slow, and parts of a page are loaded when they are needed.
configure({ asyncUtilTimeout: 20_000, getElementError: toElementError })

const { __CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE: internals } = React as unknown as {
  __CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE: object
}
// React records a stack for each of the first 10,000 elements a second, to print it with its warnings. That takes a sixth of the time of
// these tests, so the count is always full here.
Object.defineProperty(internals, "recentlyCreatedOwnerStacks", { get: () => 10_000, set() {} })

// Files share a page, and Testing Library would clean up after the first of them only.
afterEach(cleanup)
