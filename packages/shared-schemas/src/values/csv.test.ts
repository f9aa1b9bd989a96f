import { describe, expect, test } from "vitest"
import { formatCsvHeader, formatCsvRows, type CsvColumn, type CsvValue } from "./csv.ts"

const columns: CsvColumn<{ name: CsvValue; size?: number }>[] = [
  ["name", ({ name }) => name],
  ["size", ({ size }) => size],
]
const formatCell = (text: CsvValue) => formatCsvRows([["cell", (value: CsvValue) => value]], [text])

describe("CSV", () => {
  test("header starts with a byte order mark and quotes every name", () => {
    expect(formatCsvHeader(columns)).toBe('\uFEFF"name","size"\r\n')
  })

  test("rows end with CRLF and leave a cell without a value empty", () => {
    expect(formatCsvRows(columns, [{ name: "a", size: 1 }, { name: null }])).toBe('"a","1"\r\n"",""\r\n')
  })

  test("formats no rows as an empty text", () => {
    expect(formatCsvRows(columns, [])).toBe("")
  })

  test.each<[CsvValue, string]>([
    ["plain", `"plain"`],
    ['say "hi", now', `"say ""hi"", now"`],
    ["two\r\nlines", `"two\r\nlines"`],
    ["a-b; c=d", `"a-b; c=d"`],
    [{ vpcId: "vpc-ÄÖ" }, `"{""vpcId"":""vpc-ÄÖ""}"`],
    [true, `"true"`],
    [undefined, `""`],
  ])("keeps the value %j in the cell %s", (value, cell) => {
    expect(formatCell(value)).toBe(`${cell}\r\n`)
  })

  test.each([
    ["=1+1", `"'=1+1"`],
    ["+1", `"'+1"`],
    ["-1", `"'-1"`],
    ["@SUM(A1)", `"'@SUM(A1)"`],
    ["＝1+1", `"'＝1+1"`],
    ["＋1", `"'＋1"`],
    ["－1", `"'－1"`],
    ["＠1", `"'＠1"`],
    ["\tplain", `"'\tplain"`],
    ["\rplain", `"'\rplain"`],
    ["\t=1", `"'\t'=1"`],
    ["\r=1", `"'\r'=1"`],
    ["\n=1", `"'\n'=1"`],
    [" =1+1", `"' =1+1"`],
    ["\u00A0=1", `"'\u00A0=1"`],
    ["\v\f=1", `"'\v\f=1"`],
    ["\u2003@x", `"'\u2003@x"`],
    ['"=1+1', `"'""=1+1"`],
    ['" =1+1', `"'"" =1+1"`],
    ["x;=HYPERLINK(1)", `"x;'=HYPERLINK(1)"`],
    ['ok; "=1', `"ok;' ""=1"`],
    ["ok;\u00A0=1", `"ok;'\u00A0=1"`],
    ["ok\t-1", `"ok\t'-1"`],
    ["ok\r\n@SUM(A1)", `"ok\r\n'@SUM(A1)"`],
  ])("neutralises the formula %j as %j", (text, cell) => {
    expect(formatCell(text)).toBe(`${cell}\r\n`)
  })
})
