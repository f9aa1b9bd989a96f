import type { QueryExecutorProvider, SchemaModule } from "kysely"

/** The transaction of a migration: schema changes and SQL. It knows no columns, since their types describe the newest version. */
export type MigrationStep = QueryExecutorProvider & { readonly schema: SchemaModule }

export type Dialect = "sqlite" | "postgres"
