import { expect, test } from 'vitest'
import { hostOf, isForLocalhost, isOriginAllowed } from './hosts.ts'

test.each([
  ['localhost:3000', true],
  ['127.0.0.1', true],
  ['[::1]:3000', true],
  ['localhost.example.org', false],
  ['127.0.0.1.example.org', false],
  ['192.168.1.5:3000', false],
  [undefined, false],
])('%s names this machine: %s', (host, expected) => {
  expect(isForLocalhost({ headers: { host } })).toBe(expected)
})

test.each(["a; script-src 'unsafe-inline'", 'a b', 'a,b', '', 'a:b', 'a/b'])(
  'the host %j is not taken',
  (host) => {
    expect(hostOf({ headers: { host } })).toBeUndefined()
  },
)

test.each(['jam.example.org', 'localhost:3000', '[fe80::1]:3000'])(
  'the host %j is taken',
  (host) => {
    expect(hostOf({ headers: { host } })).toBe(host)
  },
)

test.each([
  [undefined, true],
  ['https://jam.example.org', true],
  ['http://jam.example.org', true],
  ['https://other.example', true],
  ['https://evil.example', false],
  ['https://jam.example.org.evil.example', false],
  ['https://jam.example.org:8443', false],
  ['https://sub.other.example', false],
  ['null', false],
])('[SIG20] a page of %s may connect: %s', (origin, expected) => {
  const headers = { host: 'jam.example.org', origin }
  expect(isOriginAllowed({ headers }, ['https://other.example'])).toBe(expected)
})
