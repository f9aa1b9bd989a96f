import type { PathParameters, RouteMethod, RouteMethodName, RouteTable } from "@peering-desk/shared-schemas"
import type * as apiSchemas from "@peering-desk/shared-schemas/api-schemas"
import type { Request, Response } from "express"
import type * as z from "zod/mini"
import type { JsonText } from "./json-text.ts"

type Schemas = typeof apiSchemas
type Output<Name> = Name extends keyof Schemas
  ? Schemas[Name] extends z.ZodMiniType
    ? z.output<Schemas[Name]>
    : never
  : undefined

type Method<Table extends RouteTable, Name extends keyof Table, Verb> = Verb extends keyof Table[Name]
  ? Table[Name][Verb]
  : never

/** The input of a handler: the request, and the parts that its row in the route table had parsed. */
interface ApiCall<Path extends string, Row> {
  request: Request
  response: Response
  /** Path parameters; ids of Atlas are checked. */
  params: { readonly [Name in PathParameters<Path>[number]]: string }
  query: Output<Row extends { query: infer Name } ? Name : undefined>
  body: Output<Row extends { body: infer Name } ? Name : undefined>
}

/** Answers one method of a route: with the value to send, or undefined when it sends nothing or wrote the response itself. */
type ApiHandler<Path extends string, Row> = (
  call: ApiCall<Path, Row>,
) => Promise<ApiAnswer<Row>> | ApiAnswer<Row>

type ApiAnswer<Row> = Row extends { answer: infer Name }
  ? Output<Name> | JsonText | (Row extends { mayWait: true } ? Output<"HeldForApproval"> : never)
  : Row extends { mayWait: true }
    ? Output<"HeldForApproval"> | undefined
    : void

/** One handler for each method of the named routes. */
export type ApiHandlers<Table extends RouteTable, Name extends keyof Table = keyof Table> = {
  readonly [One in Name]: {
    readonly [Verb in Extract<keyof Table[One], RouteMethodName>]: ApiHandler<
      Table[One]["path"],
      Method<Table, One, Verb>
    >
  }
}

/** A handler as the router calls it. */
export type AnyApiHandler = (call: {
  request: Request
  response: Response
  params: Record<string, string>
  query: unknown
  body: unknown
}) => unknown

/** Lists the methods of a route with their rows. */
export function listMethods(route: RouteTable[string]): [verb: RouteMethodName, row: RouteMethod][] {
  const { path: _path, ...methods } = route
  return Object.entries(methods) as [RouteMethodName, RouteMethod][]
}
