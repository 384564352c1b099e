import { networkInterfaces } from 'node:os'
import type { RequestHandler } from 'express'
import type { Config } from './config.ts'
import type { LanAnswer } from './http-answers.ts'
import { isForLocalhost, isFromLoopback } from './hosts.ts'

const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '::1']

/** This machine's IPv4 addresses in its networks. */
export const lanAddresses = (): readonly string[] =>
  Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)

/** Where others in the same network find the page. */
export function lanUrls(
  { host, https }: Pick<Config, 'host' | 'https'>,
  port: number,
): readonly string[] {
  if (LOOPBACK_HOSTS.includes(host)) return []
  const scheme = https === 'self' ? 'https' : 'http'
  const everywhere = host === '' || host === '0.0.0.0' || host === '::'
  const addresses = lanAddresses().filter((address) => everywhere || address === host)
  return addresses.map((address) => `${scheme}://${address}:${String(port)}`)
}

/** Tells the addresses to this machine's own browser, and to nobody else. */
export function lan(config: Pick<Config, 'host' | 'https'>, port: () => number): RequestHandler {
  return (request, response, next) => {
    if (!isFromLoopback(request) || !isForLocalhost(request)) {
      next()
      return
    }
    const answer: LanAnswer = {
      addresses: [...lanUrls(config, port())],
      https: config.https === 'self',
    }
    response.set('Cache-Control', 'no-store').json(answer)
  }
}
