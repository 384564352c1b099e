import { expect, test } from 'vitest'
import { isGoodAnswer, isWholeAnswer } from './http-answer.ts'

const HEAD = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n'

test('an answer that tells its length is whole with its last byte', () => {
  const head = `${HEAD}Content-Length: 4\r\n\r\n`

  expect(isWholeAnswer(`${HEAD}Content-Length: 4`)).toBe(false)
  expect(isWholeAnswer(`${head}oka`)).toBe(false)
  expect(isWholeAnswer(`${head}okay`)).toBe(true)
})

test('an answer in chunks is whole with the empty one', () => {
  const head = `${HEAD}Transfer-Encoding: chunked\r\n\r\n`

  expect(isWholeAnswer(`${head}4\r\nokay\r\n`)).toBe(false)
  expect(isWholeAnswer(`${head}a\r\n0123456780\r\n`)).toBe(false)
  expect(isWholeAnswer(`${head}4\r\nokay\r\n0\r\n\r\n`)).toBe(true)
})

test('only a 200 is good', () => {
  expect(isGoodAnswer(HEAD)).toBe(true)
  expect(isGoodAnswer('HTTP/1.1 503 Service Unavailable\r\n\r\n')).toBe(false)
})
