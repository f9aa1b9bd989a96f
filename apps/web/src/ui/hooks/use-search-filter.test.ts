import {
  choiceField,
  readFilter,
  textField,
  writeFilter,
  type FilterFields,
} from "@peering-desk/shared-schemas"
import { act, renderHook } from "@testing-library/react"
import { useState } from "react"
import { describe, expect, test } from "vitest"
import { useSearchFilter } from "./use-search-filter.ts"

interface Filter {
  text: string
  cloud: "AWS" | "GCP" | null
  sort: "name" | "age"
}

const fields: FilterFields<Filter> = {
  text: textField("q", (text) => text.length < 5),
  cloud: choiceField<"AWS" | "GCP", null>("cloud", ["AWS", "GCP"], null),
  sort: choiceField("sort", ["name", "age"], "name"),
}
const usual: Filter = { text: "", cloud: null, sort: "name" }

describe("A filter in the address", () => {
  test("reads back what it wrote", () => {
    const filter: Filter = { text: "vpc", cloud: "GCP", sort: "age" }
    const search = writeFilter(fields, filter)
    expect(search.toString()).toBe("q=vpc&cloud=GCP&sort=age")
    expect(readFilter(fields, search)).toEqual(filter)
  })

  test("leaves the usual values out of the address", () => {
    expect(writeFilter(fields, usual).toString()).toBe("")
  })

  test("reads a text without a meaning as the usual value", () => {
    expect(readFilter(fields, new URLSearchParams("q=far+too+long&cloud=IBM&sort=x&page=7"))).toEqual(usual)
  })

  test("replaces the address and stays the same object until the address changes", () => {
    const options: unknown[] = []
    const { result, rerender } = renderHook(() => {
      const [search, setSearch] = useState(new URLSearchParams("q=vpc&pick=x"))
      return useSearchFilter(fields, [
        search,
        (next, how) => {
          options.push(how)
          setSearch(next)
        },
      ])
    })
    const [before] = result.current
    rerender()
    expect(result.current[0]).toBe(before)
    act(() => result.current[1]({ ...before, cloud: "AWS" }))
    expect(result.current[0]).toEqual({ text: "vpc", cloud: "AWS", sort: "name" })
    expect(options).toEqual([{ replace: true }])
  })
})
