import { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { generate, type SubjectAltNameEntry } from 'selfsigned'
import { ConfigError } from './config.ts'
import { readKept, writeKept } from './kept-file.ts'

/** A certificate and its private key, both PEM. */
export interface Certificate {
  readonly cert: string
  readonly key: string
}

const DAY_MS = 86_400_000
/** Safari takes no more than 398 days. */
const VALID_DAYS = 365
const RENEW_DAYS_BEFORE = 14

/**
 * The self-signed certificate kept in the data folder; a new one when there is none, it soon ends, or it does not name
 * one of the addresses.
 *
 * @param addresses IPv4 addresses of this machine, beside localhost
 * @throws ConfigError when the folder cannot be used
 */
export async function certificateFor(
  dataDir: string,
  addresses: readonly string[],
): Promise<Certificate> {
  const certPath = join(dataDir, 'certificate.pem')
  const keyPath = join(dataDir, 'certificate-key.pem')
  try {
    const kept = { cert: readKept(certPath), key: readKept(keyPath) }
    if (kept.cert !== undefined && kept.key !== undefined && isGood(kept.cert, addresses)) {
      return { cert: kept.cert, key: kept.key }
    }
    const made = await make(addresses)
    writeKept(keyPath, made.key)
    writeKept(certPath, made.cert)
    return made
  } catch (cause) {
    throw new ConfigError('DATA_DIR', 'the folder must be one this account can write to.', {
      cause,
    })
  }
}

function isGood(pem: string, addresses: readonly string[]): boolean {
  const certificate = new X509Certificate(pem)
  const leftMs = Date.parse(certificate.validTo) - Date.now()
  if (leftMs < RENEW_DAYS_BEFORE * DAY_MS) return false
  return addresses.every((address) => certificate.checkIP(address) !== undefined)
}

async function make(addresses: readonly string[]): Promise<Certificate> {
  const altNames: SubjectAltNameEntry[] = [
    { type: 2, value: 'localhost' },
    ...['127.0.0.1', '::1', ...addresses].map((ip) => ({ type: 7 as const, ip })),
  ]
  const made = await generate([{ name: 'commonName', value: 'Beatcord on this network' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + VALID_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  })
  return { cert: made.cert, key: made.private }
}
