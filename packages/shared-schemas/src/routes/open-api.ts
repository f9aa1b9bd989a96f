import * as z from "zod/mini"

/** `GET /api/openapi.json`: an OpenAPI 3.1 document. */
export const OpenApiDocument = z.record(z.string(), z.unknown())
