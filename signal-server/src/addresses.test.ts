import { expect, test } from 'vitest'
import { type Asker, visitorOf } from './addresses.ts'

const requestFrom = (remoteAddress: string | undefined, forwarded?: string): Asker => ({
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  socket: { remoteAddress },
})

test.each([
  ['an IPv4 address', '203.0.113.7', '203.0.113.7'],
  ['the same inside IPv6', '::ffff:203.0.113.7', '203.0.113.7'],
  ['an IPv6 address', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::'],
  ['an interface of this machine', 'fe80::1%eth0', 'fe80::'],
  ['nothing', undefined, 'unknown'],
])('%s is told apart as one visitor', (_, remote, visitor) => {
  expect(visitorOf(requestFrom(remote), 0)).toBe(visitor)
})

test('one /64 is one visitor, and its neighbour another', () => {
  const visitors = ['2001:db8::1', '2001:db8::ffff:1', '2001:db8:0:1::1'].map((remote) =>
    visitorOf(requestFrom(remote), 0),
  )
  expect(new Set(visitors).size).toBe(2)
})

test.each([
  ['no proxy is trusted', 0, '198.51.100.1, 192.0.2.9', '10.0.0.1'],
  ['one is', 1, '198.51.100.1, 192.0.2.9', '192.0.2.9'],
  ['two are', 2, '198.51.100.1, 192.0.2.9', '198.51.100.1'],
  ['more are than wrote', 3, '198.51.100.1, 192.0.2.9', '10.0.0.1'],
  ['the last wrote no address', 1, '192.0.2.9, <script>', '10.0.0.1'],
  ['nobody wrote', 1, undefined, '10.0.0.1'],
])('where %s a stranger cannot choose who it is', (_, hops, forwarded, visitor) => {
  expect(visitorOf(requestFrom('10.0.0.1', forwarded), hops)).toBe(visitor)
})
