import "@testing-library/jest-dom/vitest"
import { cleanup, configure, getConfig } from "@testing-library/react"
import * as react from "react"
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

/** Keeps React from recording a stack trace for each element, a tenth of the time of the page tests. Warnings name their component still. */
function skipElementTraces(): void {
  const internals: unknown = Object.entries(react).find(([name]) =>
    name.startsWith("__CLIENT_INTERNALS"),
  )?.[1]
  Object.defineProperty(internals, "recentlyCreatedOwnerStacks", { get: () => Infinity, set: () => {} })
}
skipElementTraces()

// Files share a page, and Testing Library would clean up after the first of them only.
afterEach(cleanup)
