import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose'
import { CERTIFICATE_TYPE, parseSeatClaims, type SeatClaims } from '@beatcord/shared'

/**
 * What a certificate says; undefined when none of these keys has signed it, it has run out, or this browser cannot check
 * an Ed25519 signature.
 *
 * @param nowMs milliseconds since 1970, as the server counts them
 */
export async function checkCertificate(
  certificate: string,
  keys: JSONWebKeySet,
  nowMs: number,
): Promise<SeatClaims | undefined> {
  try {
    const { payload } = await jwtVerify(certificate, createLocalJWKSet(keys), {
      algorithms: ['EdDSA'],
      typ: CERTIFICATE_TYPE,
      currentDate: new Date(nowMs),
    })
    return parseSeatClaims(payload)
  } catch {
    // A stranger's bytes, or a browser that cannot: either way it says nothing to us.
    return undefined
  }
}
