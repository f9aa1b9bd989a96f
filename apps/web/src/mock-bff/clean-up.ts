import { cleanup } from "@testing-library/react"
import { afterEach } from "vitest"

// Files share a page, and Testing Library would clean up after the first of them only.
afterEach(cleanup)
