import type { IncomingHttpHeaders } from 'node:http'
import ipaddr from 'ipaddr.js'

const IPV6_NETWORK_BITS = 64

/** The part of a request that tells where it comes from. */
export interface Asker {
  readonly headers: IncomingHttpHeaders
  readonly socket: { readonly remoteAddress?: string | undefined }
}

/**
 * Whom a request comes from, as far as limits go: one IPv4 address, or one /64 of IPv6, which is what a household or a
 * single machine is given.
 *
 * @param trustedHops  proxies in front of us that write X-Forwarded-For, 0 or more; whatever a stranger puts into it
 *   stands to the left of theirs and is not read
 */
export function visitorOf({ headers, socket }: Asker, trustedHops: number): string {
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join().split(',')
  const told = trustedHops === 0 ? undefined : forwarded.at(-trustedHops)?.trim()
  return networkOf(told) ?? networkOf(socket.remoteAddress) ?? 'unknown'
}

function networkOf(text: string | undefined): string | undefined {
  if (text === undefined || !ipaddr.isValid(text)) return undefined
  const address = ipaddr.process(text)
  if (address.kind() === 'ipv4') return address.toString()
  return ipaddr.IPv6.networkAddressFromCIDR(
    `${address.toString()}/${String(IPV6_NETWORK_BITS)}`,
  ).toString()
}
