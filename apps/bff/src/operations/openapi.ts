import {
  idempotencyKeyHeader,
  Problem,
  problemMediaType,
  requestedByHeader,
} from "@peering-desk/shared-schemas"
import { Router } from "express"
import * as z from "zod/mini"
import { allowOnly } from "#http/allow-methods.ts"
import { operations } from "./api-operations.ts"
import type { Operation } from "./operation.ts"

/** The API as OpenAPI 3.1, made from the schemas that the routes parse with. */
function toOpenApi(): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: toOperation(operation) }
  }
  return { openapi: "3.1.1", info: { title: "Peering Desk", version: "1" }, paths }
}

/** `GET /api/openapi.json` */
export function createOpenApiRouter(): Router {
  const document = toOpenApi()
  const router = Router()
  router
    .route("/")
    .get((_request, response) => {
      response.json(document)
    })
    .all(allowOnly("GET", "HEAD"))
  return router
}

function toOperation({ method, path, needs = [], query = [], text = [], ...operation }: Operation): object {
  const { summary, status, answer, body, once } = operation
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => toParameter("path", name ?? ""))
  const headers = [
    ...(once === true ? [idempotencyKeyHeader] : []),
    ...(method === "get" ? [] : [requestedByHeader]),
  ]
  return {
    summary,
    parameters: [
      ...inPath,
      ...needs.map((name) => toParameter("query", name)),
      ...query.map((name) => ({ ...toParameter("query", name), required: false })),
      ...headers.map((name) => toParameter("header", name)),
    ],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: toContent("application/json", body) } }),
    responses: {
      [status]: {
        description: "As asked",
        ...(answer === undefined ? {} : { content: toContent("application/json", answer) }),
        ...(text.length === 0
          ? {}
          : { content: Object.fromEntries(text.map((type) => [type, { schema: { type: "string" } }])) }),
      },
      default: { description: "What went wrong (RFC 9457)", content: toContent(problemMediaType, Problem) },
    },
  }
}

function toParameter(place: "path" | "query" | "header", name: string): object {
  return { in: place, name, required: true, schema: { type: "string" } }
}

function toContent(mediaType: string, schema: z.ZodMiniType): object {
  const { $schema: _dialect, ...plain } = z.toJSONSchema(schema, { unrepresentable: "any" })
  return { [mediaType]: { schema: plain } }
}
