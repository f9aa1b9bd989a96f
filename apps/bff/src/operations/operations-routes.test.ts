import { expect, test } from "vitest"
import { createInstallationHandlers } from "./operations-routes.ts"

test.each([
  ["https://cloud.mongodb.com", true],
  ["https://cloud.mongodbgov.com", true],
  ["https://atlas-proxy.example", true],
  ["http://127.0.0.1:8081", false],
  ["http://localhost:8081", false],
])("GET /installation says of %s whether it is a real Atlas: %s", (url, realAtlas) => {
  const atlas = { baseUrl: new URL(url), apiVersion: "v1.0", peersPerProject: 50, demo: null }
  const { get } = createInstallationHandlers(atlas).installation
  expect(get()).toMatchObject({ realAtlas })
})
