import type { ReactNode } from "react"

/** One column of a table: its title and its cell in each row. */
export interface Column<Row> {
  title: string
  render: (row: Row) => ReactNode
  /** Its cell names the row. */
  isHead?: boolean
  /** Shares a line with another short cell on a narrow screen. */
  isShort?: boolean
  /** Aligns numbers and times at the end. */
  isEnd?: boolean
  /** Keeps its title for assistive technology only. */
  hidesTitle?: boolean
  /** The table can be sorted by it under this name. */
  sort?: string
}

/** The column that sorts a table, and the way to choose another. */
export interface Sorting {
  by: string
  direction: "asc" | "desc"
  onSort: (by: string) => void
}

/** Which rows are selected, by key. The functions stay the same ones, or every row renders. */
export interface Selection<Row> {
  selected: ReadonlySet<string>
  /** Names a row: `checkout-api`. */
  nameOf: (row: Row) => string
  onToggle: (key: string) => void
  /** Selects all rows that are shown, or none of them. */
  onToggleAll: (keys: readonly string[], isOn: boolean) => void
}
