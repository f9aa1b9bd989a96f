import {
  ContainerList,
  CreatePeering,
  idempotencyKeyHeader,
  Installation,
  Peering,
  PeeringList,
  Problem,
  problemMediaType,
  ProjectList,
  requestedByHeader,
} from "@peering-desk/shared-schemas"
import { Router } from "express"
import * as z from "zod/mini"
import { allowOnly } from "#http/allow-methods.ts"

interface Operation {
  method: "get" | "post"
  path: string
  summary: string
  status: 200 | 201
  answer: z.ZodMiniType
  body?: z.ZodMiniType
}

const operations: readonly Operation[] = [
  {
    method: "get",
    path: "/api/installation",
    summary: "Which Atlas this server speaks to",
    status: 200,
    answer: Installation,
  },
  { method: "get", path: "/api/projects", summary: "The projects", status: 200, answer: ProjectList },
  {
    method: "get",
    path: "/api/projects/{projectId}/containers",
    summary: "A project's Atlas containers in all clouds",
    status: 200,
    answer: ContainerList,
  },
  {
    method: "get",
    path: "/api/projects/{projectId}/peerings",
    summary: "A project's peering connections in all clouds",
    status: 200,
    answer: PeeringList,
  },
  {
    method: "post",
    path: "/api/projects/{projectId}/peerings",
    summary: "Ask Atlas for a new peering connection, once per Idempotency-Key",
    status: 201,
    answer: Peering,
    body: CreatePeering,
  },
  {
    method: "get",
    path: "/api/projects/{projectId}/peerings/{peeringId}",
    summary: "One peering connection",
    status: 200,
    answer: Peering,
  },
]

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

function toOperation({ path, summary, status, answer, body }: Operation): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => toParameter("path", name ?? ""))
  const inHeaders =
    body === undefined
      ? []
      : [idempotencyKeyHeader, requestedByHeader].map((name) => toParameter("header", name))
  return {
    summary,
    parameters: [...inPath, ...inHeaders],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: toContent("application/json", body) } }),
    responses: {
      [status]: { description: "As asked", content: toContent("application/json", answer) },
      default: { description: "What went wrong (RFC 9457)", content: toContent(problemMediaType, Problem) },
    },
  }
}

function toParameter(place: "path" | "header", name: string): object {
  return { in: place, name, required: true, schema: { type: "string" } }
}

function toContent(mediaType: string, schema: z.ZodMiniType): object {
  const { $schema: _dialect, ...plain } = z.toJSONSchema(schema, { unrepresentable: "any" })
  return { [mediaType]: { schema: plain } }
}
