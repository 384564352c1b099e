import type { PeerId } from '@beatcord/shared'
import { createScope, type Undo } from '../lib/scope.ts'
import { createBuckets } from './bucket.ts'
import type * as Check from './certificate-check.ts'
import type { SignalClient } from './signal-client-types.ts'
import { createTaskQueue } from './task-queue.ts'
import type { Timers } from './timers.ts'

/** Hears the certificates that peers show, and passes on what is good: a role holds also where the server is away. */
export interface Certificates {
  hear(from: PeerId, certificate: string): void
  close: Undo
}

export interface CertificatesOptions {
  readonly signal: Pick<SignalClient, 'state' | 'hearClaims'>
  readonly timers: Timers
  /** The server's public keys, a JWK set; rejects while it is away. */
  readonly fetchKeys: () => Promise<unknown>
  readonly loadCheck: () => Promise<typeof Check>
}

type Keys = Parameters<typeof Check.checkCertificate>[1]

/** While the server is there: what is needed once it is away. */
const FETCH_AFTER_MS = 10_000
/** Tomorrow's key is shown a day before it is used. */
const FETCH_EVERY_MS = 6 * 3_600_000
const ASK_AGAIN_MS = 60_000
/** To check one costs a tenth of a millisecond. */
const HEARD = { burst: 20, perSecond: 1 }

export function createCertificates(options: CertificatesOptions): Certificates {
  const { signal, timers } = options
  const scope = createScope()
  const buckets = createBuckets<PeerId>(HEARD)
  const checking = createTaskQueue()
  let keys: Keys | undefined
  let check: typeof Check | undefined

  async function fetch(): Promise<void> {
    try {
      ;[keys, check] = await Promise.all([options.fetchKeys().then(parseKeys), options.loadCheck()])
    } catch {
      // The server is away, and what we had holds until it is back.
      undo = timers.after(ASK_AGAIN_MS, () => void fetch())
      return
    }
    undo = timers.after(FETCH_EVERY_MS, () => void fetch())
  }
  let undo = timers.after(FETCH_AFTER_MS, () => void fetch())
  scope.own(() => {
    undo()
  })

  return {
    hear(from, certificate) {
      // Where the server is there its own word counts.
      if (signal.state.read().status === 'admitted' || !buckets.take(from, timers.now())) return
      checking.add(async () => {
        if (keys === undefined || check === undefined) return
        const claims = await check.checkCertificate(certificate, keys, timers.wallMs())
        if (claims !== undefined) signal.hearClaims(claims)
      })
    },
    close: scope.close,
  }
}

/** What cannot be a key is told by the check of what it signed. */
function parseKeys(value: unknown): Keys | undefined {
  if (typeof value !== 'object' || value === null || !('keys' in value)) return undefined
  return Array.isArray(value.keys) ? { keys: value.keys as Keys['keys'] } : undefined
}
