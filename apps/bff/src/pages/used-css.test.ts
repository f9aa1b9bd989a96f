import { expect, test } from "vitest"
import { createCssPicker } from "./used-css.ts"

const pick = (
  css: string,
  html = '<p class="a b" data-x=".z" aria-busy="true"><i class="c-1" style="left:var(--l)">',
) => createCssPicker(css)(html)

test.each([
  ["of elements", "h1{color:red}"],
  ["whose classes all occur", ".a .c-1{color:red}"],
  ["with one selector that fits", ".z,.a>p{color:red}"],
  ["with a condition that may not hold", ".a:not(.z){color:red}"],
  ["with a choice", ".a :is(.z,.y){color:red}"],
  ["with an attribute", '[data-x=".z"]{color:red}'],
  ["with an attribute of any value", ".a[data-x]{color:red}"],
  ["with a part of an attribute", '[data-x^="."]{color:red}'],
  ["with an attribute that the browser sets", ':root[data-theme="dark"]{color:red}'],
  ["of values that it uses", ".a{--w:1px;--v:var(--w);top:var(--v)}"],
  ["of a value that an element uses", ".a{--l:1px}"],
  ["within a media query", "@media (width<=600px){.a{color:red}}"],
  ["of an animation", "@keyframes x{0%{top:0}to{top:1px}}"],
  ["with a brace in a text", '.a:before{content:"}"}.b{color:red}'],
  ["after a statement", '@charset "utf-8";.a{color:red}'],
  ["with other rules inside", ".a{color:red;&:focus{color:blue}.z{top:0}}"],
])("a rule %s is kept", (_what, css) => {
  expect(pick(css)).toBe(css)
})

test.each([
  ["of a class that does not occur", ".z{color:red}"],
  ["of a class that is only the beginning of one", ".c{color:red}"],
  ["with another value of an attribute", '.a[data-x="y"]{color:red}'],
  ["with an attribute that does not occur", ".a[data-y]{color:red}"],
  ["of two classes of which one occurs", ".a.z,.z .b{color:red}"],
  ["within a media query of which nothing stays", "@media (width<=600px){.z{color:red}.y{top:0}}"],
  ["for a pointer over it", ".a:hover{color:red}"],
  ["for printing", "@media print{.a{color:red}}"],
  ["for colours of the system", "@media (forced-colors:active){.a{color:red}}"],
])("a rule %s is left out", (_what, css) => {
  expect(pick(`${css}.b{top:0}`)).toBe(".b{top:0}")
})

test("the rules that are kept keep their order", () => {
  expect(pick(".b{top:0}.z{top:0}@media (width<=1px){.z{top:0}.a{top:1px}}.a{top:2px}")).toBe(
    ".b{top:0}@media (width<=1px){.a{top:1px}}.a{top:2px}",
  )
})

test("values that no rule and no element uses are left out", () => {
  expect(pick(".a{--l:1px;--m:light-dark(#fff,#000);top:0;--n:2px}")).toBe(".a{--l:1px;top:0;}")
})
