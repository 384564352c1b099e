import { expect, test } from 'vitest'
import { isFields, parseJson } from './parse-json.ts'

test('what is JSON is read, and what is none is undefined', () => {
  expect(parseJson('{"a":[1]}')).toEqual({ a: [1] })
  for (const text of ['', '{', 'MThd', 'undefined', '{a:1}'])
    expect(parseJson(text)).toBeUndefined()
})

test('only an object with fields has fields', () => {
  expect(isFields({})).toBe(true)
  for (const value of [null, undefined, [], 'text', 7]) expect(isFields(value)).toBe(false)
})
